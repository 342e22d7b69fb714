import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import type { SwarmConfigArgs, SwarmConfigReference } from "./args";
import { base64Text, configText } from "./service/files";
import { inBase64, objectPlan, swarmObjectShape } from "./object";
import { recordContent } from "../core/secret-texts";
import { bindObject } from "./lifecycle/object";
import { onHost } from "../host/lifecycle";

import { checkArgs } from "../core/check-args";
import { strict } from "../core/schema";
import type { Fault } from "../core/text/message";
import { currentOwner } from "../core/names";
import { tokens } from "../core/tokens";

const configSchema: z.ZodType<SwarmConfigArgs> = strict(
  {
    content: configText.optional(),
    contentBase64: base64Text.optional(),
    ...swarmObjectShape,
  },
  { shown: "kind" },
);

/**
 * A file that the managers of a swarm store and distribute to the tasks that use it. Everyone with access to a manager can read it.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/serviceConfig:ServiceConfig`.
 *
 * It is immutable: changed content creates a new config, whose name ends with a hash of the content. The services move
 * to the new one, and the old one is removed afterwards.
 *
 * @throws pulumi.ResourceError naming every invalid argument.
 * @example
 * ```ts
 * const site = new SwarmConfig("site", { content: readFileSync("site.conf", "utf8") });
 * new SwarmService("web", { image, files: { "/etc/nginx/conf.d/site.conf": { config: site } } });
 * ```
 */
export class SwarmConfig extends pulumi.ComponentResource implements SwarmConfigReference {
  readonly configId: pulumi.Output<string>;
  /** The name on the swarm. */
  readonly configName: pulumi.Output<string>;
  /** The manager that creates it. */
  readonly hostKey: string;

  constructor(name: string, args: SwarmConfigArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.swarmConfig, name, {}, opts);
    const checked = checkArgs(this, "config", name, configSchema, args, contentFaults);
    const owner = currentOwner(opts?.parent);
    recordContent(this, checked.content ?? checked.contentBase64 ?? "");
    const data = checked.contentBase64 ?? inBase64(checked.content ?? "");

    const plan = objectPlan("config", owner, name, onHost(this, checked), data);
    const lifecycle = bindObject(this, owner, plan);
    const config = new docker.ServiceConfig(
      plan.placement.childName(name),
      { name: lifecycle.name, data, labels: lifecycle.labels },
      { ...lifecycle.options, parent: this, ...plan.placement.options },
    );

    this.configId = config.id;
    this.configName = config.name;
    this.hostKey = plan.placement.key;
    this.registerOutputs({ configId: lifecycle.whenReady(config.id), configName: this.configName });
  }
}

function contentFaults({ content, contentBase64 }: SwarmConfigArgs): Fault[] {
  if ((content === undefined) !== (contentBase64 === undefined)) return [];
  return [{ path: "content", text: "must be given, unless contentBase64 is; use exactly one of them" }];
}
