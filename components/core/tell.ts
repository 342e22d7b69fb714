/** What the program says to whoever runs it. */

import { log, type Resource } from "@pulumi/pulumi";

import { promiseOf } from "./later";
import { visible } from "./text/visible";

/**
 * Says something of a resource. Pulumi says one thing after the other, and each waits until its resource is registered: what
 * is said of one that depends on others would hold up what is said of those, and them with it, forever.
 */
export async function tell(level: "info" | "warn" | "error", text: string, about?: Resource): Promise<void> {
  if (about !== undefined) await promiseOf(about.urn);
  await log[level](visible(text), about);
}
