/** Reads the common parts of several resources of `@pulumi/docker`, from a preview, a policy or a state. */

import { type Bag, bagOf, listOf, mapOf, textOf, textsOf } from "../core/untyped";

/** A published port. */
export interface ReadPort {
  /** Empty means every address of the host. */
  readonly address: string;
  /** Undefined if Docker picks one. */
  readonly host: number | undefined;
  readonly container: number;
  readonly protocol: string;
  /** For a service of a Swarm: `ingress` listens on every node, `host` on those that run a task. */
  readonly mode?: string;
}

export interface ReadMount {
  readonly kind: "bind" | "volume" | "tmpfs";
  /** A path of the host, or the name of a volume; undefined where it is not known yet, empty for a volume without a name. */
  readonly source: string | undefined;
  readonly path: string;
  readonly readOnly: boolean;
  readonly propagation: string;
}

/** `inherited` means the image's health check. */
export type ReadCheck = "given" | "none" | "inherited";

/** One port of a container, in the format of the provider. */
export interface ProviderPort {
  readonly internal: number;
  readonly external?: number;
  readonly ip?: string;
  readonly protocol?: string;
}

/** By name; unknown ones are omitted. */
export function labelsOf(inputs: Bag): Record<string, string> {
  const pairs = listOf(inputs["labels"]).map((each) => [bagOf(each)["label"], bagOf(each)["value"]]);
  return mapOf(
    Object.fromEntries(pairs.filter(([label]) => typeof label === "string") as [string, unknown][]),
  );
}

/** The long form of a mount, which containers and services share. */
export function mountOf(given: Bag): ReadMount {
  const type = textOf(given["type"]);
  const kind = type === "bind" || type === "tmpfs" ? type : "volume";
  return {
    kind,
    source: textOf(given["source"]) ?? ("source" in given && kind === "volume" ? undefined : ""),
    path: textOf(given["target"]) ?? "",
    readOnly: given["readOnly"] === true,
    propagation: textOf(bagOf(given["bindOptions"])["propagation"]) ?? "",
  };
}

export function checkOf(value: unknown): ReadCheck {
  const [first] = textsOf(bagOf(value)["tests"]);
  if (first === undefined) return "inherited";
  return first === "NONE" ? "none" : "given";
}

/** An id has no name; the image resource has. */
export function referenceOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text?.startsWith("sha256:") === true ? undefined : text;
}
