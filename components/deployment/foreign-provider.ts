/** Detects a Docker provider set by a transform, after all transforms have run and before the resource is registered. */

import * as pulumi from "@pulumi/pulumi";

import { COMMAND_PROVIDER } from "../provider/tokens";

import { claims } from "../core/claims";
import { foreignProviderText } from "../core/foreign-provider";

/**
 * Registered once per run. The resource gets a hook that fails: an error in the transform would be a program error, after
 * which the engine can still delete resources. A transform registered after the first component is not detected.
 */
export function refuseProvidersOfTransforms(): void {
  const seen = claims<true>("providers of transforms");
  if (seen.length > 0) return;
  seen.push(true);
  // Created here: under the Automation API, the engine calls transforms outside the run of the program.
  const refuse = new pulumi.ResourceHook(
    "provider check",
    ({ type, name }) => {
      const kind = type.split(":").at(-1) ?? "";
      throw new Error(`${kind} "${name}": ${foreignProviderText("by a transform")}`);
    },
    { onDryRun: true },
  );
  const check: pulumi.ResourceTransform = async ({ type, props, opts }) => {
    const { parent, provider } = opts as pulumi.CustomResourceOptions;
    if (!type.startsWith("docker:") || parent === undefined || provider === undefined) return undefined;
    if (!isOurs(await urnOf(parent), 1) || isOurProvider(await urnOf(provider))) return undefined;
    return { props, opts: { ...opts, hooks: { beforeCreate: [refuse], beforeUpdate: [refuse] } } };
  };
  // Transforms run in the order of their registration: this one waits for the others to be last. Children of the
  // component are registered later, because they wait for their parent.
  void pulumi.runtime.awaitStackRegistrations().then(() => {
    pulumi.runtime.registerResourceTransform(check);
  });
}

/** Whether a resource, or with 2 its parent, is a component of dockwright, by the types in its URN. */
function isOurs(urn: string, depth: 1 | 2): boolean {
  const types = urn.split("::")[2]?.split("$") ?? [];
  return types.at(-depth)?.startsWith("dockwright:index:") ?? false;
}

function isOurProvider(urn: string): boolean {
  return isOurs(urn, 2) || urn.endsWith(`::pulumi:providers:docker::${COMMAND_PROVIDER}`);
}

function urnOf({ urn }: pulumi.Resource): Promise<string> {
  return new Promise((resolve) => urn.apply(resolve));
}
