/**
 * A policy as `PolicyPack` of `@pulumi/policy` takes it.
 *
 * Written out here, although that package has types: its declarations do not compile without `skipLibCheck`, and tests
 * with `dockwright/testing` do not need it. A contract test passes these to a `PolicyPack`.
 */

import type { Severity } from "./rule";

interface Described {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: "mandatory" | "advisory";
  readonly severity?: Severity;
  readonly remediationSteps?: string;
  readonly framework?: {
    readonly name: string;
    readonly version: string;
    readonly reference: string;
    readonly specification: string;
  };
}

/** A policy that checks one resource before it is created. */
export interface ResourcePolicy extends Described {
  readonly validateResource: (resource: ValidatedResource, report: Report) => void;
}

/** A policy that checks a stack when all its resources are known. */
export interface StackPolicy extends Described {
  readonly validateStack: (stack: { readonly resources: readonly StackResource[] }, report: Report) => void;
}

/** The properties of a resource that a policy reads. */
export interface ValidatedResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: { readonly parent?: string };
}

/** The properties of a resource in a stack that a policy reads. */
export interface StackResource extends ValidatedResource {
  readonly urn: string;
  readonly dependencies: readonly { readonly urn: string }[];
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

type Report = (message: string, urn?: string) => void;
