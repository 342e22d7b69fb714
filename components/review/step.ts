/** One step of a preview, in the format of the review. */

import type { UpdateOrder } from "../container/update";

/** What Pulumi will do with a resource. */
export type Operation = "same" | "create" | "update" | "replace" | "delete";

/** A field that differs, by its path in the inputs, such as `ports[0].ip`. */
export interface FieldChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** The values of both sides, as text; `[secret]` for a secret, `[unknown]` for an unknown value. */
  readonly before?: string;
  readonly after?: string;
  /** Whether this field causes the replacement. */
  readonly replaces: boolean;
}

/** Where in the program the resource was declared. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
}

export interface Step {
  readonly operation: Operation;
  readonly urn: string;
  /** Such as `docker:index/container:Container` or `dockwright:index:Container`. */
  readonly type: string;
  readonly name: string;
  /** The URN of the parent. */
  readonly parent: string | undefined;
  readonly before: State | undefined;
  readonly after: State | undefined;
  readonly changes: readonly FieldChange[];
  readonly source: SourcePosition | undefined;
}

/** Inputs and outputs with masked secrets, from Pulumi. */
export interface State {
  readonly id: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The URNs that an input depends on, by the name of the input; all under `*` if Pulumi does not report the input. */
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
  /** Whether the host keeps the object when Pulumi removes it. */
  readonly retained?: boolean;
  /** Whether Pulumi refuses to remove it. */
  readonly protected?: boolean;
  /** For a container: its replacement order. */
  readonly order?: UpdateOrder | undefined;
}
