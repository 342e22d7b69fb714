import * as pulumi from "@pulumi/pulumi";

import { judgeProject } from "./judge";
import { type ComposeProjectArgs, composeGuard } from "./args";
import { ComposeMaker } from "./host/maker";
import { checkOverrides, readFiles } from "./reading";
import { adopting } from "../deployment/adopt";
import type { ComposeService } from "./compose-service";

import { checkArgs } from "../core/check-args";
import { currentOwner, nameChildren } from "../core/names";
import { tokens } from "../core/tokens";

/**
 * A Compose file as it is, with the promises of every other component.
 *
 * Children: `<name>-<service>-1`, `-2` ... -> `Container`, or `<name>-<service>` -> `Job` where its completion is awaited;
 * `<name>-<image>` -> `Image`; `<name>-<network>` -> `BridgeNetwork`; `<name>-<volume>` -> `Volume`.
 *
 * On the host everything has the name that Docker Compose gives it, and `docker compose -p <project> ps | logs | exec`
 * find it. Capabilities, restart, ports and the rest are as the file and Compose's defaults say, not as dockwright's
 * defaults for a `Container`. It does not publish a `Gateway`; add one that leads to `services`.
 *
 * @throws pulumi.ResourceError naming every fault of the files with line and column, and every key that cannot be honoured.
 * @example
 * ```ts
 * const blog = new ComposeProject("blog", { files: "compose.yaml" });
 * export const url = blog.services["web"]?.url(80);
 * ```
 * @example With the names of the services as a type, `dockwright types > services.ts`:
 * ```ts
 * import type { Services } from "./services";
 *
 * const blog = new ComposeProject<Services>("blog", { files: "compose.yaml", overrides: { web: { memoryMiB: 256 } } });
 * export const url = blog.services.web.url(80);
 * ```
 */
export class ComposeProject<Service extends string = string> extends pulumi.ComponentResource {
  /** By the names of the file. */
  readonly services: Readonly<Record<Service, ComposeService>>;
  /** The name of the Compose project: what everything on the host begins with. */
  readonly projectName: string;

  constructor(
    name: string,
    // The names come from the files alone: an override of one service says nothing of the others.
    args: ComposeProjectArgs<NoInfer<Service>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.composeProject, name, {}, opts);
    const checked = checkArgs(this, "compose project", name, composeGuard, args, () => []);
    const reading = readFiles(this, checked, (loaded) =>
      judgeProject(loaded, Object.keys(checked.overrides ?? {})),
    );
    const { plan } = reading;
    checkOverrides(this, "compose project", name, plan.services, checked.overrides);
    const { adopts = false } = adopting(currentOwner(opts?.parent), checked.adopt);
    nameChildren(this, { scope: plan.project, prefix: `${name}-`, adopts });

    const maker = new ComposeMaker(this, name, reading, checked);
    for (const service of plan.services) maker.service(service);

    this.projectName = plan.project;
    this.services = Object.fromEntries(maker.services) as Record<Service, ComposeService>;
    this.registerOutputs({ projectName: this.projectName });
  }
}
