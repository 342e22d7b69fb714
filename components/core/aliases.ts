/** What a component was before: aliases as Pulumi knows them. */

import * as pulumi from "@pulumi/pulumi";

/** The parts of a URN that matter here. */
export interface UrnParts {
  /** With the types of its parents before it, `$` between them. */
  readonly type: string;
  readonly name: string;
}

function urnParts(urn: string): UrnParts {
  const [, , type = "", ...name] = urn.split("::");
  return { type, name: name.join("::") };
}

/**
 * Takes aliases to resources of the provider itself out of a component's options: they are for its child. To the component, Pulumi
 * would say that a resource cannot become a component.
 *
 * @param token - the type of the child, such as `docker:index/volume:Volume`
 */
export function splitAliases(
  opts: pulumi.ComponentResourceOptions | undefined,
  token: string,
): { readonly own: pulumi.ComponentResourceOptions; readonly raw: readonly string[] } {
  const given = opts?.aliases ?? [];
  const isRaw = (alias: unknown): alias is string =>
    typeof alias === "string" && urnParts(alias).type.split("$").pop() === token;
  const raw = given.filter(isRaw);
  if (raw.length === 0) return { own: opts ?? {}, raw };
  return { own: { ...opts, aliases: given.filter((each) => !isRaw(each)) }, raw };
}

/** The URN of a component's child, and those that it had under the component's aliases, inherited ones included. */
export async function urnsOf(
  component: pulumi.Resource,
  token: string,
  childName: (name: string) => string,
): Promise<readonly string[]> {
  const { __aliases: aliases = [] } = component as unknown as { __aliases?: pulumi.Input<string>[] };
  const urns = await new Promise<string[]>((resolve) =>
    pulumi.all([component.urn, ...aliases]).apply((known) => resolve(known)),
  );
  return urns.map((urn) => {
    const { type, name } = urnParts(urn);
    return [...urn.split("::").slice(0, 2), `${type}$${token}`, childName(name)].join("::");
  });
}
