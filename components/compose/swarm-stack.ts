import * as pulumi from "@pulumi/pulumi";

import { judgeStack } from "./judge";
import { swarmLimits } from "./support/limits";
import { type SwarmStackArgs, swarmStackSchema } from "./stack-args";
import { checkOverrides, readFiles } from "./reading";
import { SwarmStackMaker } from "./swarm/maker";
import type { SwarmService } from "../swarm/swarm-service";

import { checkArgs } from "../core/check-args";
import { nameChildren } from "../core/names";
import { tokens } from "../core/tokens";

/**
 * The services of a Compose file on a swarm, as with `docker stack deploy`.
 *
 * Children: `<name>-<service>` -> `SwarmService`; `<name>-<image>` -> `Image`, and `RegistryPush` if it is built and a
 * registry is given; `<name>-<network>` -> `OverlayNetwork`; `<name>-<secret>` -> `SwarmSecret`; `<name>-<config>` -> `SwarmConfig`.
 *
 * Objects on the swarm have the same names as with `docker stack deploy`, except secrets and configs, whose names
 * end with a hash of their content; `docker stack ps | services | ls` work. A service waits for its dependencies.
 * Volumes are created by the node that runs a task, and stay there. Three defaults differ from Docker: a
 * failed update is rolled back, the new task starts first wherever possible, and networks are encrypted.
 *
 * @throws pulumi.ResourceError naming every fault of the files with line and column, and every unsupported key.
 * @example
 * ```ts
 * const blog = new SwarmStack("blog", { files: "compose.yaml" });
 * export const web = blog.services["web"]?.serviceName;
 * ```
 */
export class SwarmStack<Service extends string = string> extends pulumi.ComponentResource {
  /** By service name. */
  readonly services: Readonly<Record<Service, SwarmService>>;
  /** The name of the stack, and the prefix of all names on the swarm. */
  readonly stackName: string;

  constructor(
    name: string,
    // The service names come from the files only: an override of one service does not affect the others.
    args: SwarmStackArgs<NoInfer<Service>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.swarmStack, name, {}, opts);
    const checked = checkArgs(this, "stack", name, swarmStackSchema, args);
    const reading = readFiles(
      this,
      checked,
      (loaded) => judgeStack(loaded, Object.keys(checked.overrides ?? {}), checked.registry?.address),
      swarmLimits,
    );
    const { plan } = reading;
    checkOverrides(this, "stack", name, plan.services, checked.overrides);
    nameChildren(this, { scope: plan.stack, prefix: `${name}-`, adopts: false });

    const maker = new SwarmStackMaker(this, name, reading, checked);
    for (const service of plan.services) maker.service(service);

    this.stackName = plan.stack;
    this.services = Object.fromEntries(maker.services) as Record<Service, SwarmService>;
    this.registerOutputs({ stackName: this.stackName });
  }
}
