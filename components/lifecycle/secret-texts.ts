import * as pulumi from "@pulumi/pulumi";

/** All that no message may show: what is secret by its kind, and what of the rest was given as a secret. */
export function secretTexts(
  secrets: readonly pulumi.Input<string>[],
  perhaps: readonly pulumi.Input<string>[],
): pulumi.Output<string[]> {
  const found = perhaps.map(async (given) => ((await isSecretText(given)) ? given : ""));
  return pulumi.all([...secrets, ...found.map((each) => pulumi.output(each))]);
}

async function isSecretText(given: pulumi.Input<string>): Promise<boolean> {
  return pulumi.Output.isInstance<string>(given) && (await pulumi.isSecret(pulumi.output(given)));
}
