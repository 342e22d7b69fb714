/** The errors of a service that cannot be read. */

import type * as pulumi from "@pulumi/pulumi";

import { failureText } from "../../core/text/failure-report";
import { promiseOf } from "../../core/later";

interface Named {
  readonly name: string;
  readonly hostName: string;
}

/** The manager was lost during an update, which continues without it. */
export async function unwatchedText(
  { name, hostName, secrets }: Named & { readonly secrets: pulumi.Output<readonly string[]> },
  error: unknown,
): Promise<string> {
  return failureText({
    secrets: await (promiseOf(secrets) as Promise<string[]>),
    what: `service "${name}"`,
    why: `the manager no longer answers (${error instanceof Error ? error.message : String(error)})`,
    now: `the state of ${hostName} is unknown; other managers, if any, continue the update`,
    next: "pulumi up when the manager answers again, or through another manager of the swarm: give the DockerHost its address and the same identity",
  });
}

export function missingText({ name, hostName }: Named, id: string): string {
  return failureText({
    what: `service "${name}"`,
    why: `Pulumi's state records service ${id.slice(0, 12)} (${hostName}), which is not on the swarm`,
    now: "no version of it is running",
    next: "pulumi up --refresh, which recreates it",
  });
}
