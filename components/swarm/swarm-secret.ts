import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import type { SwarmSecretArgs, SwarmSecretReference } from "./args";
import { secretText } from "./service/files";
import { inBase64, objectPlan, swarmObjectShape } from "./object";
import { recordContent } from "../core/secret-texts";
import { bindObject } from "./lifecycle/object";
import { onHost } from "../host/lifecycle";

import { checkArgs } from "../core/check-args";
import { strict } from "../core/schema";
import { hidden } from "../core/later";
import { currentOwner } from "../core/names";
import { tokens } from "../core/tokens";

const secretSchema: z.ZodType<SwarmSecretArgs> = strict(
  {
    content: secretText,
    ...swarmObjectShape,
  },
  { shown: "kind" },
);

/**
 * A secret that the managers of a swarm store encrypted and distribute to the tasks that use it.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/secret:Secret`.
 *
 * It is immutable: changed content creates a new secret, whose name ends with a keyed hash that only a manager of the
 * swarm can compute. The services move to the new one, and the old one is removed afterwards.
 *
 * @throws pulumi.ResourceError naming every invalid argument.
 * @example
 * ```ts
 * const password = new SwarmSecret("password", { content: config.requireSecret("password") });
 * new SwarmService("api", { image, secrets: { password: { secret: password, mode: "0400", uid: 1000 } } });
 * ```
 */
export class SwarmSecret extends pulumi.ComponentResource implements SwarmSecretReference {
  readonly secretId: pulumi.Output<string>;
  /** The name on the swarm. */
  readonly secretName: pulumi.Output<string>;
  /** The manager that creates it. */
  readonly hostKey: string;

  constructor(name: string, args: SwarmSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.swarmSecret, name, {}, opts);
    const checked = checkArgs(this, "secret", name, secretSchema, args);
    const owner = currentOwner(opts?.parent);
    recordContent(this, hidden(checked.content));
    const data = hidden(inBase64(checked.content));

    const plan = objectPlan("secret", owner, name, onHost(this, checked), data);
    const lifecycle = bindObject(this, owner, plan);
    const secret = new docker.Secret(
      plan.placement.childName(name),
      { name: lifecycle.name, data, labels: lifecycle.labels },
      { ...lifecycle.options, parent: this, ...plan.placement.options },
    );

    this.secretId = secret.id;
    this.secretName = secret.name;
    this.hostKey = plan.placement.key;
    this.registerOutputs({ secretId: lifecycle.whenReady(secret.id), secretName: this.secretName });
  }
}
