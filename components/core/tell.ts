/** Messages of the program to the user. */

import { log, type Resource } from "@pulumi/pulumi";

import { promiseOf } from "./later";
import { visible } from "./text/visible";

/**
 * Logs a message about a resource. Pulumi logs messages in order, and each waits until its resource is registered: a message
 * about a resource with dependencies would block the messages of those, and the resources themselves, forever.
 */
export async function tell(level: "info" | "warn" | "error", text: string, about?: Resource): Promise<void> {
  if (about !== undefined) await promiseOf(about.urn);
  await log[level](visible(text), about);
}

/** Replaces what Pulumi shows beside a resource while it works on it. It is not repeated at the end, as messages are. */
export async function tellStatus(text: string, about: Resource): Promise<void> {
  await promiseOf(about.urn);
  await log.info(visible(text), about, undefined, true);
}
