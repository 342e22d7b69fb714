/** Checks the arguments of a component. */

import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { providerFaults } from "./foreign-provider";
import { type Fault, faultText, formatPath } from "./text/message";

/** Has a host: an inherited provider is not used. */
const DOCKER_HOST = "docker host";

/**
 * Checks all arguments at once, and that the options have no Docker provider; throws one error with every fault,
 * before any child is created.
 */
export function checkArgs<A>(
  component: pulumi.Resource,
  kind: string,
  name: string,
  schema: z.ZodType<A>,
  args: unknown,
  together: (args: A) => readonly Fault[] = () => [],
): A {
  const result = schema.safeParse(args);
  const faults = [
    ...(result.success ? together(result.data) : faultsOf(result.error.issues)),
    ...(kind === DOCKER_HOST ? [] : providerFaults(component, args)),
  ];
  if (!result.success || faults.length > 0) return refuse(component, kind, name, faults);
  return result.data;
}

/** Throws the error for faults found outside a schema, in the same form. */
export function refuse(
  component: pulumi.Resource,
  kind: string,
  name: string,
  faults: readonly Fault[],
): never {
  throw new pulumi.ResourceError(faultText(kind, name, faults), component, true);
}

/** Translates zod issues into paths and sentences. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[] = []): Fault[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === "invalid_union") {
      const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
      if (closest !== undefined && depth(closest) > 0) return faultsOf(closest, path);
    }
    if (issue.code === "unrecognized_keys")
      return issue.message.split("\n").map((text) => ({ path: formatPath(path), text }));
    // The parameter itself is invalid.
    return [{ path: formatPath(path) || "args", text: issue.message }];
  });
}

/** The alternative with the deepest faults is the intended one. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}
