import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { replacementOptions } from "../inputs";
import { type JobArgs, jobFaults, jobSchema, jobSpec } from "./args";
import { adopting } from "../../deployment/adopt";
import { bindContainer, RUN } from "../lifecycle/bind";
import { makeClaim } from "../lifecycle/claim";
import { onHost } from "../../host/lifecycle";

import { splitAliases } from "../../core/aliases";
import { checkArgs } from "../../core/check-args";
import { currentOwner } from "../../core/names";
import { tokens } from "../../core/tokens";

/**
 * A container that runs to completion, such as a migration, a data import or a one-off command.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/container:Container`.
 *
 * The `up` waits for it. An exit code other than 0, or a run longer than `timeoutSeconds`, fails the `up` with the
 * last lines of its log, and the next `up` runs it again. A successful job runs again only when its inputs change
 * (image, command, environment ...), not when its container was removed, except after `pulumi refresh`,
 * which removes it from the state. Resources that need its result declare `{ dependsOn: [job] }`.
 *
 * @throws pulumi.ResourceError naming every invalid argument.
 * @example
 * ```ts
 * const migration = new Job("migration", { image, command: ["migrate"], networks: [backend] }, { dependsOn: [database] });
 * const api = new Container("api", { image, networks: [backend] }, { dependsOn: [migration] });
 * ```
 */
export class Job extends pulumi.ComponentResource {
  /** The container id of its last run, known when that has succeeded. */
  readonly containerId: pulumi.Output<string>;
  /** The name on the host, for `docker logs`. */
  readonly containerName: pulumi.Output<string>;

  constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
    const { own, raw } = splitAliases(opts, "docker:index/container:Container");
    super(tokens.job, name, {}, own);
    const checked = checkArgs(this, "job", name, jobSchema, args, jobFaults);
    const owner = adopting(currentOwner(opts?.parent), raw.length > 0 ? true : checked.adopt);
    const spec = jobSpec(owner, name, onHost(this, checked));
    makeClaim(this, "job", spec);

    const lifecycle = bindContainer(this, owner, name, spec, checked, raw, {
      timeoutSeconds: checked.timeoutSeconds ?? 300,
    });
    const replacement = replacementOptions("job", spec.inputs);
    const container = new docker.Container(
      spec.placement.childName(name),
      { ...spec.inputs, ...lifecycle.inputs },
      {
        ...lifecycle.options,
        parent: this,
        ...spec.placement.options,
        ...replacement,
        replaceOnChanges: [...replacement.replaceOnChanges, RUN],
      },
    );
    const { readyId, replacedId } = lifecycle.whenReady(container.id);

    this.containerId = readyId;
    this.containerName = pulumi.output(spec.claim.hostName);
    this.registerOutputs({ containerId: replacedId, containerName: this.containerName });
  }
}
