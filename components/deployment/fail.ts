import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";

import { tokens } from "../core/tokens";

/**
 * Fails the update or preview with an error in the engine. An error in the program is not enough: under the
 * Automation API the engine would still delete the replaced resources, including the serving version.
 */
export function failUpdate(
  parent: pulumi.Resource,
  name: string,
  text: string,
  hook = `check of ${name}`,
): Promise<void> {
  return new Promise((resolve) => {
    const refuse = AsyncResource.bind((): void => {
      // The engine must stop first.
      setTimeout(resolve, 1000);
      throw new Error(text);
    });
    new Refused(name, {
      parent,
      hooks: { beforeCreate: [new pulumi.ResourceHook(hook, refuse, { onDryRun: true })] },
    });
  });
}

/** Never created: its hook fails. */
class Refused extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super(tokens.readiness, name, {}, opts);
    this.registerOutputs();
  }
}
