import * as pulumi from "@pulumi/pulumi";

import { isLater } from "./later";

/**
 * All texts to mask in messages: secrets by kind, and every secret value anywhere in the
 * arguments, such as in a command, a label or a variable.
 */
export function secretTexts(args: object, always: readonly pulumi.Input<string>[]): pulumi.Output<string[]> {
  const given = latersIn(args).map((later): pulumi.Output<string[]> => {
    const output = pulumi.output(later) as pulumi.Output<unknown>;
    // The output itself reports its failure.
    const isSecret = pulumi.isSecret(output).catch(() => false);
    return pulumi
      .output(isSecret)
      .apply((secret) => (secret ? output.apply(textsIn) : pulumi.output<string[]>([])));
  });
  const own = always.map((text) => pulumi.output(text).apply((known) => [known]));
  return pulumi.all([...own, ...given]).apply((texts) => texts.flat());
}

const contents = new WeakMap<pulumi.Resource, pulumi.Input<string>>();

/** Records the secret text of a component, for resources that use the component. */
export function recordContent(component: pulumi.Resource, text: pulumi.Input<string>): void {
  contents.set(component, text);
}

/** Values that are known later, at any depth. Of another component only its secret text counts. */
function latersIn(value: unknown): unknown[] {
  if (isLater(value)) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (pulumi.Resource.isInstance(value)) return latersIn(contents.get(value));
  return Object.values(value).flatMap(latersIn);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
