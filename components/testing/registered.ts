/** One resource of a recorded run, as plain data. */

import { shortUrn } from "../core/urn";
import { plain, type RegisterRequest } from "./protocol";

/** One registered resource. Resources are identified by the last part of their type and their name: `Container web`. */
export interface Registered {
  /** Such as `docker:index/container:Container`, or `dockwright:index:Container` of a component. */
  readonly type: string;
  readonly name: string;
  /** Such as `Container web`; empty below the stack itself. */
  readonly parent: string;
  /** `{ secret: value }` for secrets, `UNKNOWN` for values that are unknown in a preview. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: RegisteredOptions;
  /** An explicit provider, such as `docker prod`; empty for the default provider. */
  readonly provider: string;
}

/** The options of a resource that are set, without false and empty ones. */
export interface RegisteredOptions {
  readonly deleteBeforeReplace?: boolean;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly hideDiffs?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  /** Former URNs, and former names, types and parents as `{ name: "old" }`. */
  readonly aliases?: readonly unknown[];
  /** Its dependencies, such as `Volume data`: those in `dependsOn` and those of its inputs. */
  readonly dependsOn?: readonly string[];
  readonly deletedWith?: string;
  /** The id of the imported object. */
  readonly import?: string;
  /** Such as `{ create: "10m" }`. */
  readonly customTimeouts?: Readonly<Record<string, string>>;
  /** The resource is replaced when this changes. */
  readonly replacementTrigger?: unknown;
}

/** A request to the engine, as plain data. */
export function registered(request: RegisterRequest): Registered {
  const trigger = request.getReplacementTrigger()?.toJavaScript();
  return {
    type: request.getType(),
    name: request.getName(),
    parent: shortUrn(request.getParent()),
    inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    options: given({
      deleteBeforeReplace: request.getDeletebeforereplace(),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      hideDiffs: request.getHidediffsList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      aliases: request.getAliasesList().map((alias) => {
        const { urn, spec } = alias.toObject();
        return urn || nonEmpty({ ...spec });
      }),
      dependsOn: request.getDependenciesList().map(shortUrn),
      deletedWith: shortUrn(request.getDeletedwith()) || undefined,
      import: request.getImportid() || undefined,
      customTimeouts: timeouts(nonEmpty({ ...request.getCustomtimeouts()?.toObject() })),
      replacementTrigger: trigger === undefined ? undefined : plain(trigger),
    }),
    provider: shortUrn(request.getProvider().replace(/::[^:]*$/, "")),
  };
}

function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([, value]) =>
        value !== undefined &&
        value !== false &&
        value !== null &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** The protocol uses empty text for missing values. */
function nonEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given(fields)).filter(([, value]) => value !== ""));
}

function timeouts(given: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(given).length === 0 ? undefined : given;
}
