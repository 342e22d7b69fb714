/** One step of a preview, as the review sees it. */

import type { UpdateOrder } from "../container/update";

/** What Pulumi will do with a resource. */
export type Operation = "same" | "create" | "update" | "replace" | "delete";

/** A field that differs, by its path in the inputs, such as `ports[0].ip`. */
export interface FieldChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** The values of both sides, as text for people; a secret is `[secret]`, what is not yet known `[unknown]`. */
  readonly before?: string;
  readonly after?: string;
  /** Whether this field is why the resource is replaced. */
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

/** Inputs and outputs as Pulumi masks them: no secret is in them. */
export interface State {
  readonly id: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The URNs that an input comes from, by the input's name; all of them under `*` where Pulumi does not know which. */
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
  /** Whether the host keeps the object when Pulumi removes it. */
  readonly retained?: boolean;
  /** Whether Pulumi refuses to remove it. */
  readonly protected?: boolean;
  /** Of a container: in which order it is replaced. */
  readonly order?: UpdateOrder | undefined;
}
