/** The effects of a run on users and data: one line per component, and one summary line. */

import type * as pulumi from "@pulumi/pulumi";

import { tell } from "../core/tell";

/** Worst first. */
const kinds = ["data loss", "permanent outage", "brief outage", "down now", "data left behind"] as const;

export type ConsequenceKind = (typeof kinds)[number];

export interface Consequence {
  readonly kind: ConsequenceKind;
  /** Such as `container "web"`. */
  readonly what: string;
  /** The reason, as a clause. */
  readonly why: string;
}

export class Announcements {
  private readonly said: Consequence[] = [];

  async say(consequence: Consequence, about?: pulumi.Resource): Promise<void> {
    this.said.push(consequence);
    const { kind, what, why } = consequence;
    await tell("warn", `${what}: ${kind}: ${why}`, about);
  }

  /** One line, worst first; empty if nothing needs attention. */
  async close(): Promise<void> {
    const text = closingLine(this.said);
    if (text !== undefined) await tell("warn", text);
  }
}

function closingLine(said: readonly Consequence[]): string | undefined {
  const parts = kinds.flatMap((kind) => {
    const names = [...new Set(said.filter((each) => each.kind === kind).map(({ what }) => what))].sort();
    return names.length === 0 ? [] : [`${kind} of ${names.join(", ")}`.replace("down now of", "down now:")];
  });
  return parts.length === 0 ? undefined : `verdict: ${parts.join("; ")}`;
}
