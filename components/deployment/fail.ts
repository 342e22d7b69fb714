import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";

import { tokens } from "../core/tokens";

/**
 * Ends the update, or the preview, with an error that the engine itself sees. An error in the program would not do: where the program
 * runs inside of another one (Automation API) the engine goes on to delete what was replaced, the version that serves.
 */
export function failUpdate(
  parent: pulumi.Resource,
  name: string,
  text: string,
  hook = `check of ${name}`,
): Promise<void> {
  return new Promise((resolve) => {
    const refuse = AsyncResource.bind((): void => {
      // The engine has to stop first.
      setTimeout(resolve, 1000);
      throw new Error(text);
    });
    new Refused(name, {
      parent,
      hooks: { beforeCreate: [new pulumi.ResourceHook(hook, refuse, { onDryRun: true })] },
    });
  });
}

/** Never made: its hook says no. */
class Refused extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super(tokens.readiness, name, {}, opts);
    this.registerOutputs();
  }
}
