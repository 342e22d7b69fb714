/** The effects of a run on users and data: one line per component, and one summary line. */

import type * as pulumi from "@pulumi/pulumi";

import { closingLine, type Consequence, consequenceText } from "../provider/consequence";
import { tell } from "../core/tell";

export class Announcements {
  private readonly said: Consequence[] = [];

  /** Says what happens to one component, in one line; nothing where nothing needs attention. */
  async say(consequences: readonly Consequence[], about?: pulumi.Resource): Promise<void> {
    const [first] = consequences;
    if (first === undefined) return;
    this.said.push(...consequences);
    await tell("warn", consequenceText(first.what, consequences), about);
  }

  /** One line, worst first; empty if nothing needs attention. */
  async close(): Promise<void> {
    const text = closingLine(this.said);
    if (text !== undefined) await tell("warn", text);
  }
}
