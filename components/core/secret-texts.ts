import * as pulumi from "@pulumi/pulumi";

import { isLater } from "./later";

/**
 * All that no message may show: what is secret by its kind, and every value that was given as a secret, wherever in the
 * arguments it stands: in a command or a label as well as in a variable.
 */
export function secretTexts(args: object, always: readonly pulumi.Input<string>[]): pulumi.Output<string[]> {
  const given = latersIn(args).map((later): pulumi.Output<string[]> => {
    const output = pulumi.output(later) as pulumi.Output<unknown>;
    // Its failure is told by the output itself.
    const isSecret = pulumi.isSecret(output).catch(() => false);
    return pulumi
      .output(isSecret)
      .apply((secret) => (secret ? output.apply(textsIn) : pulumi.output<string[]>([])));
  });
  const own = always.map((text) => pulumi.output(text).apply((known) => [known]));
  return pulumi.all([...own, ...given]).apply((texts) => texts.flat());
}

const contents = new WeakMap<pulumi.Resource, pulumi.Input<string>>();

/** Records the text that a component stands for: whoever is given the component is given the text. */
export function recordContent(component: pulumi.Resource, text: pulumi.Input<string>): void {
  contents.set(component, text);
}

/** What is known later, at any depth. Of another component only its text counts: its outputs are its own. */
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
