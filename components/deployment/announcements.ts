/** The effects of a run on users and data: one line per component, and one summary line. */

import type * as pulumi from "@pulumi/pulumi";

import { closingLine, type Consequence, consequenceText } from "../provider/consequence";
import { tell } from "../core/tell";

export class Announcements {
  private readonly said: Consequence[] = [];

  /** Prints one line with the effects on one component; no line without effects. */
  async say(consequences: readonly Consequence[], about?: pulumi.Resource): Promise<void> {
    const [first] = consequences;
    if (first === undefined) return;
    this.said.push(...consequences);
    await tell("warn", consequenceText(first.what, consequences), about);
  }

  /** Prints the summary line, worst effect first; no line without effects. */
  async close(): Promise<void> {
    const text = closingLine(this.said);
    if (text !== undefined) await tell("warn", text);
  }
}
