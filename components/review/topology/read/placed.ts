/** The resources of the diagram, by their names in the program. */

import { dockerTypes } from "../../../provider/tokens";
import type { Step } from "../../step";
import type { Change } from "../model";

const kinds = {
  [dockerTypes.container]: "container",
  [dockerTypes.network]: "network",
  [dockerTypes.volume]: "volume",
} as const;

export interface Placed {
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly step: Step;
  readonly change: Change;
  /** The name of the component, or of a resource without a component. */
  readonly name: string;
  /** The host in the name of the resource; empty for the default host. */
  readonly host: string;
}

/** A resource of Docker; undefined for others. */
export function placedOf(step: Step, change: Change): Placed | undefined {
  const kind = (kinds as Readonly<Record<string, Placed["kind"] | undefined>>)[step.type];
  if (kind === undefined) return undefined;
  const component = step.parent?.includes("dockwright:index:") ? nameOf(step.parent) : step.name;
  const begins = `${component}-on-`;
  const host = step.name.startsWith(begins) ? step.name.slice(begins.length) : "";
  // For an unchanged resource, one side is sufficient.
  const whole = step.operation === "same" ? { ...step, before: step.after ?? step.before } : step;
  return { kind, step: whole, change, name: host === "" ? step.name : component, host };
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** In a locale-independent order, with numbers by value. */
export function byText(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

const collator = new Intl.Collator("en", { numeric: true });
