import * as pulumi from "@pulumi/pulumi";

import { judgeProject } from "./judge";
import { type ComposeProjectArgs, composeSchema } from "./args";
import { ComposeMaker } from "./host/maker";
import { checkOverrides, readFiles } from "./reading";
import { adopting } from "../deployment/adopt";
import type { ComposeService } from "./compose-service";

import { checkArgs } from "../core/check-args";
import { currentOwner, nameChildren } from "../core/names";
import { tokens } from "../core/tokens";

/**
 * The services of a Compose file on one Docker host.
 *
 * Children: `<name>-<service>-1`, `-2` ... -> `Container`, or `<name>-<service>` -> `Job` if another service waits for its completion;
 * `<name>-<image>` -> `Image`; `<name>-<network>` -> `BridgeNetwork`; `<name>-<volume>` -> `Volume`.
 *
 * Objects on the host have the same names as with Docker Compose, so that
 * `docker compose -p <project> ps | logs | exec` work. Capabilities, restart, ports and other settings follow the file and
 * Compose's defaults, not dockwright's defaults for a `Container`. It does not create a `Gateway`; add one that routes to
 * `services`.
 *
 * @throws pulumi.ResourceError naming every fault of the files with line and column, and every unsupported key.
 * @example
 * ```ts
 * const blog = new ComposeProject("blog", { files: "compose.yaml" });
 * export const url = blog.services["web"]?.url(80);
 * ```
 * @example With the service names as a type, `dockwright types > services.ts`:
 * ```ts
 * import type { Services } from "./services";
 *
 * const blog = new ComposeProject<Services>("blog", { files: "compose.yaml", overrides: { web: { memoryMiB: 256 } } });
 * export const url = blog.services.web.url(80);
 * ```
 */
export class ComposeProject<Service extends string = string> extends pulumi.ComponentResource {
  /** By service name. */
  readonly services: Readonly<Record<Service, ComposeService>>;
  /** The name of the Compose project, and the prefix of all names on the host. */
  readonly projectName: string;

  constructor(
    name: string,
    // The service names come from the files only: an override of one service does not affect the others.
    args: ComposeProjectArgs<NoInfer<Service>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(tokens.composeProject, name, {}, opts);
    const checked = checkArgs(this, "compose project", name, composeSchema, args, () => []);
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
