/** Aliases of components, in Pulumi's forms. */

import * as pulumi from "@pulumi/pulumi";

/** The relevant parts of a URN. */
export interface UrnParts {
  /** With the types of its parents as prefix, separated by `$`. */
  readonly type: string;
  readonly name: string;
}

function urnParts(urn: string): UrnParts {
  const [, , type = "", ...name] = urn.split("::");
  return { type, name: name.join("::") };
}

/**
 * Moves aliases to raw resources from a component's options to its child: Pulumi does not
 * allow a resource to become a component.
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

/** The names that a component had under its aliases, inherited ones included. */
export async function formerNames(component: pulumi.Resource): Promise<readonly string[]> {
  const [own, ...aliases] = (await allUrns(component)).map((urn) => urnParts(urn).name);
  return [...new Set(aliases)].filter((name) => name !== own);
}

/** The URN of a component's child, and those that it had under the component's aliases, inherited ones included. */
export async function urnsOf(
  component: pulumi.Resource,
  token: string,
  childName: (name: string) => string,
): Promise<readonly string[]> {
  return (await allUrns(component)).map((urn) => {
    const { type, name } = urnParts(urn);
    return [...urn.split("::").slice(0, 2), `${type}$${token}`, childName(name)].join("::");
  });
}

/** Its own URN, and those of its aliases. Nothing is awaited where there are none: a component can depend on one that awaits this. */
async function allUrns(component: pulumi.Resource): Promise<string[]> {
  const { __aliases: aliases = [] } = component as unknown as { __aliases?: pulumi.Input<string>[] };
  const own = urnOf(component);
  if (aliases.length === 0) return [own];
  return new Promise((resolve) => pulumi.all(aliases).apply((known) => resolve([own, ...known])));
}

/** A URN as the engine composes it, known before the component is registered. */
function urnOf(component: pulumi.Resource): string {
  const types: string[] = [];
  const { __name: name } = component as unknown as Described;
  for (let at: Described | undefined = component as unknown as Described; at; at = at.__parentResource)
    if (at.__pulumiType !== "pulumi:pulumi:Stack") types.unshift(at.__pulumiType);
  return `urn:pulumi:${[pulumi.getStack(), pulumi.getProject(), types.join("$"), name].join("::")}`;
}

/** What Pulumi's SDK keeps of a resource. */
interface Described {
  readonly __pulumiType: string;
  readonly __name: string;
  readonly __parentResource?: Described;
}
