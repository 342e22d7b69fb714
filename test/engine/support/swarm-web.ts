import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { gatewayDockerfile } from "../../../components/gateway/image";
import { docker } from "./docker";
import { RegistryProcess } from "./registry-process";
import { seed } from "./registry-seed";
import { Swarm, type SwarmOptions } from "./swarm";

/** A swarm with a registry in its network, which has the web server of `web/`: the nodes have no image but what they pull. */
export class SwarmWithWeb {
  private constructor(
    readonly swarm: Swarm,
    readonly registry: RegistryProcess,
    /** The web server, by digest. */
    readonly image: string,
  ) {}

  static async start(options: SwarmOptions = {}): Promise<SwarmWithWeb> {
    const swarm = await Swarm.start({ images: [], ...options });
    const registry = await RegistryProcess.start(undefined, swarm.lan.here);
    const local = `dw-test-web:${process.pid}`;
    try {
      docker("build", "--quiet", "--tag", local, join(__dirname, "web"));
      return new SwarmWithWeb(swarm, registry, await seed(registry, local, "web"));
    } catch (error) {
      await registry.stop();
      await swarm.stop();
      throw error;
    } finally {
      docker("image", "rm", "--force", local);
    }
  }

  /** The image of a gateway, by digest: nodes reach nobody from whom they could get its parts. */
  async gatewayImage(): Promise<string> {
    const local = `dw-test-gateway:${process.pid}`;
    const context = mkdtempSync(join(tmpdir(), "dw-test-gateway-"));
    writeFileSync(join(context, "Dockerfile"), gatewayDockerfile().toString());
    try {
      docker("build", "--quiet", "--tag", local, context);
      return await seed(this.registry, local, "gateway");
    } finally {
      docker("image", "rm", "--force", local);
      rmSync(context, { recursive: true });
    }
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    await this.swarm.stop();
  }
}
