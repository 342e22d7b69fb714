/** A Docker provider that a transform gives: it is seen where all transforms have run, before the engine registers the resource. */

import * as pulumi from "@pulumi/pulumi";

import { claims } from "../core/claims";
import { foreignProviderText } from "../core/foreign-provider";

/**
 * Once a run. The resource itself gets a hook that refuses it: an error of the transform would be one of the program, after which
 * the engine may go on to delete. A transform that the program registers later than its first component is not seen.
 */
export function refuseProvidersOfTransforms(): void {
  const seen = claims<true>("providers of transforms");
  if (seen.length > 0) return;
  seen.push(true);
  // Made here: the engine calls a transform outside of the run that a program inside of another one (Automation API) belongs to.
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
    if (!isOurs(await urnOf(parent), 1) || isOurs(await urnOf(provider), 2)) return undefined;
    return { props, opts: { ...opts, hooks: { beforeCreate: [refuse], beforeUpdate: [refuse] } } };
  };
  // Transforms run in the order in which the engine gets to know them: this one is last when it waits for the others. Children of
  // the component are registered after it, because they wait for their parent.
  void pulumi.runtime.awaitStackRegistrations().then(() => {
    pulumi.runtime.registerResourceTransform(check);
  });
}

/** Whether a resource, or with 2 its parent, is a component of dockwright, by the types in its URN. */
function isOurs(urn: string, depth: 1 | 2): boolean {
  const types = urn.split("::")[2]?.split("$") ?? [];
  return types.at(-depth)?.startsWith("dockwright:index:") ?? false;
}

function urnOf({ urn }: pulumi.Resource): Promise<string> {
  return new Promise((resolve) => urn.apply(resolve));
}
