import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { freePort } from "../../engine/support/free-port";
import { SecondEngine } from "../../engine/support/second-engine";
import { differences, observe, type View } from "../observe";
import type { ContainerSettings } from "../program/settings";
import { SCOPE, type State } from "../pulumi";
import type { Scenario } from "../scenario";

const MARKER = "written once, by the harness";

type Seen = View & { readonly data: string };

/** Three containers, a network, a volume and an image: every update builds an image and replaces every container. */
export class Containers implements Scenario {
  readonly program = "test/faults/program";

  private constructor(
    private readonly engine: SecondEngine,
    private readonly port: number,
  ) {}

  static async start(): Promise<Containers> {
    return new Containers(await SecondEngine.start(), await freePort());
  }

  get socket(): string {
    return this.engine.socket;
  }

  get folder(): string {
    return this.engine.folder;
  }

  settings(version: string): ContainerSettings {
    const context = join(this.folder, "context");
    mkdirSync(context, { recursive: true });
    writeFileSync(join(context, "Dockerfile"), "FROM debian:bookworm-slim\nCOPY version /version\n");
    writeFileSync(join(context, "version"), version);
    return { version, context, port: this.port };
  }

  async begun(): Promise<void> {
    writeFileSync(join(await this.mountpoint(), "marker"), MARKER);
  }

  async view(state: State, version: string): Promise<Seen> {
    const view = await observe(this.engine.docker, state, version);
    const folder = await this.mountpoint().catch(() => undefined);
    const files = folder === undefined ? [] : readdirSync(folder);
    const data = files.map((file) => `${file}: ${readFileSync(join(folder ?? "", file), "utf8")}`).join(", ");
    return { ...view, data };
  }

  wrong(view: Seen): string[] {
    const sound = {
      names: ["api", "db", "web"],
      counts: [1, 1, 1],
      statuses: ["running healthy", "running", "running"],
      volumes: 1,
      networks: 1,
      dangling: 0,
      stale: [],
      data: `marker: ${MARKER}`,
    };
    const all = Object.values(view.containers);
    return differences(sound, {
      names: Object.keys(view.containers),
      counts: all.map(({ length }) => length),
      statuses: all.map(([first]) => first?.status),
      volumes: view.volumes.length,
      networks: view.networks.length,
      dangling: view.danglingImages,
      stale: view.staleState,
      data: view.data,
    });
  }

  async clear(): Promise<void> {
    const { docker } = this.engine;
    const containers = await docker.listContainers({ all: true });
    await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
    await docker.pruneNetworks();
    const { Volumes: volumes } = await docker.listVolumes();
    await Promise.all(volumes.map(({ Name }) => docker.getVolume(Name).remove()));
    await docker.pruneImages({ filters: { dangling: ["true"] } });
  }

  restart(): Promise<void> {
    return this.engine.restart();
  }

  stop(): Promise<void> {
    return this.engine.stop();
  }

  private async mountpoint(): Promise<string> {
    return (await this.engine.docker.getVolume(`${SCOPE}-data`).inspect()).Mountpoint;
  }
}
