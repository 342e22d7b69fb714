/** The entry of one container argument. Everything else about it is derived from this. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import type { z } from "zod";
import type { NetworkAttachment } from "../attachment";
import type { ContainerArgs } from "../args";
import type { EngineUpdates } from "../engine-updates";
import type { Binding } from "../ports/port";

/** An input of the provider, or one member of it. */
export type FieldPath = keyof ProviderArgs | `${keyof ProviderArgs}["${string}"]`;

/** What the provider does if an input differs. */
export interface Field {
  /**
   * `replaces`: creates another container. `in-place`: changes the one that runs. `ignored`: reports a change and makes
   * none, so that we ask for a replacement. `recorded`: only the state changes.
   */
  readonly change: "replaces" | "in-place" | "ignored" | "recorded";
  /** The provider does not detect its removal from the program: a replacement trigger does. */
  readonly removalUnseen?: true | "usually given";
  /** The member of the argument that sets this input, such as `driver` of `logging`. @defaultValue the argument itself */
  readonly member?: string;
  /** It duplicates another input. */
  readonly echoes?: keyof ProviderArgs;
}

export const replaces: Field = { change: "replaces" };
/** Replaces the container, but the provider does not detect the removal of the argument. */
export const replacesUnseen: Field = { change: "replaces", removalUnseen: true };
/** The same for an input with a default, which an argument can remove. */
export const replacesUnseenDefault: Field = { change: "replaces", removalUnseen: "usually given" };
export const inPlace: Field = { change: "in-place" };
/** Changed in place; without the trigger, its removal has no effect. */
export const inPlaceUnseen: Field = { change: "in-place", removalUnseen: true };
export const ignored: Field = { change: "ignored" };

/** Paths in the Engine's service specification, each with the corresponding member of the argument. */
export type SpecPaths = Readonly<Record<string, string>>;

/** A service accepts it with the same schema. */
export interface SameOnSwarm<V = unknown> {
  readonly as: "same";
  readonly spec: SpecPaths;
  /** The value at the first path; otherwise swarm/service/inputs.ts translates it. */
  told?(value: V): unknown;
}

/** A service accepts it in a different form. */
export interface OwnOnSwarm {
  readonly as: "own";
  readonly spec: SpecPaths;
}

/** A service does not support it; completes `write ...`. */
export interface RefusedOnSwarm {
  readonly as: "refused";
  readonly instead: string;
}

export const same = <V = unknown>(spec: SpecPaths = {}, told?: (value: V) => unknown): SameOnSwarm<V> => ({
  as: "same",
  spec,
  ...(told && { told }),
});
export const own = (spec: SpecPaths = {}): OwnOnSwarm => ({ as: "own", spec });
export const refused = (instead: string): RefusedOnSwarm => ({ as: "refused", instead });

export const ON_ITS_HOST = "run such a container as a Container on its host";
export const notOnASwarm = (what: string): RefusedOnSwarm =>
  refused(`nothing: Swarm ${what}; ${ON_ITS_HOST}`);

/** Why a job does not support arguments of long-running containers. */
export const NOT_OF_JOBS = "nothing: a job runs to completion";

/** Values that depend on several arguments, computed before each argument is translated. */
export interface Decided {
  readonly service: string;
  readonly bindings: readonly Binding[];
  readonly attachments: readonly NetworkAttachment[];
  /** Whether it has its names from the start, or once it is ready. */
  readonly named: "now" | "later";
}

/** Keys of a Compose service that set the argument, each with its member; `*` is any step. */
export type ComposeKeys = Readonly<Record<string, string>>;

export interface Argument<V = unknown> {
  readonly schema: z.ZodType;
  /** Whether the argument is required. */
  readonly required?: true;
  /** The default. Without one, the default of the image or Docker applies. */
  readonly default?: V;
  /** The provider inputs that it sets; none if it does not affect running containers. */
  readonly fields: { readonly [F in FieldPath]?: Field };
  /** The values of these inputs. Without it, the value is passed unchanged to the only field. */
  inputs?(value: V, args: ContainerArgs, decided: Decided): Partial<ProviderArgs>;
  /** The setting of the Engine's update call, and the label that stores a value other than the default. */
  readonly update?: { readonly label: string; told(value: V): EngineUpdates };
  /** The effect of a change, if the fields do not determine it. */
  readonly effect?: string;
  /** Whether a job accepts it, otherwise what to write instead. */
  readonly job: true | string;
  readonly swarm: SameOnSwarm<V> | OwnOnSwarm | RefusedOnSwarm;
  readonly compose: ComposeKeys;
}

/** The entries of exactly these arguments. */
export type Arguments<K extends keyof ContainerArgs> = {
  readonly [P in K]-?: Argument<NonNullable<ContainerArgs[P]>>;
};

/** The provider inputs of an argument, with their properties. */
export const fieldsOf = ({ fields }: Argument): [path: string, field: Field][] =>
  Object.entries(fields).flatMap(([path, field]: [string, Field | undefined]) =>
    field === undefined ? [] : [[path, field]],
  );
