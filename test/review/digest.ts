/** Small digests in the form of `pulumi preview --json`, for tests of single judgements. */

import { orderMarks } from "../../components/provider/order";
import { type Preview, readPreview } from "../../components/review/read";

export interface Resource {
  readonly op: "same" | "create" | "update" | "replace" | "delete";
  readonly type: string;
  readonly name: string;
  /** The type and name of its component, such as `Container web`. */
  readonly of?: string;
  readonly before?: object;
  readonly after?: object;
  /** The URNs that each input comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly reasons?: readonly string[];
  readonly detailed?: Readonly<Record<string, string>>;
  readonly retained?: boolean;
  readonly retainedAfter?: boolean;
  readonly order?: "start-first" | "stop-first";
  readonly id?: string;
}

export const container = "docker:index/container:Container";
export const network = "docker:index/network:Network";
export const volume = "docker:index/volume:Volume";
export const image = "docker:index/remoteImage:RemoteImage";

const stackUrn = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";

export function urnOf({ type, name, of }: Pick<Resource, "type" | "name" | "of">): string {
  const [kind = ""] = (of ?? "").split(" ");
  const types = of === undefined ? type : `dockwright:index:${kind}$${type}`;
  return `urn:pulumi:prod::shop::${types}::${name}`;
}

function componentUrn(of: string): string {
  const [kind = "", name = ""] = of.split(" ");
  return `urn:pulumi:prod::shop::dockwright:index:${kind}::${name}`;
}

function rawStep(resource: Resource): object {
  const { op, type, of, before, after, from = {}, reasons = [], detailed = {}, order } = resource;
  const base = { type, parent: of === undefined ? stackUrn : componentUrn(of), propertyDependencies: from };
  const hooks = order && { resourceHooks: { BeforeCreate: ["x: hand-over", orderMarks[order]] } };
  const state = (inputs: object, retained: boolean | undefined) => ({
    ...base,
    inputs,
    ...(resource.id && { id: resource.id }),
    ...(retained !== undefined && { retainOnDelete: retained }),
    ...hooks,
  });
  return {
    op,
    urn: urnOf(resource),
    ...(op !== "create" && { oldState: state(before ?? after ?? {}, resource.retained) }),
    ...(op !== "delete" && {
      newState: state(after ?? before ?? {}, resource.retainedAfter ?? resource.retained),
    }),
    ...(reasons.length > 0 && { diffReasons: reasons, replaceReasons: reasons }),
    detailedDiff: Object.fromEntries(Object.entries(detailed).map(([path, kind]) => [path, { kind }])),
  };
}

/** With the components that the resources are parts of. */
export function digestText(resources: readonly Resource[], diagnostics: readonly object[] = []): string {
  const components = [...new Set(resources.flatMap(({ of }) => of ?? []))].map((of) => ({
    op: "same",
    urn: componentUrn(of),
    oldState: { type: `dockwright:index:${of.split(" ")[0] ?? ""}`, parent: stackUrn },
    newState: {
      type: `dockwright:index:${of.split(" ")[0] ?? ""}`,
      parent: stackUrn,
      sourcePosition: "project:///index.ts#7,3",
    },
  }));
  return JSON.stringify({ steps: [...components, ...resources.map(rawStep)], diagnostics });
}

export function preview(resources: readonly Resource[], diagnostics: readonly object[] = []): Preview {
  return readPreview(digestText(resources, diagnostics));
}
