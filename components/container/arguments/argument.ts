/** The entry of one container argument. Everything else about it is derived from this. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import type { z } from "zod";
import type { NetworkAttachment } from "../attachment";
import type { ContainerArgs } from "../args";
import type { EngineUpdates } from "../engine-updates";
import type { Binding } from "../ports/port";

/** An input of the provider, or one member of it. */
export type FieldPath = keyof ProviderArgs | `${keyof ProviderArgs}["${string}"]`;

/** What the provider does where an input differs. */
export interface Field {
  /**
   * `replaces`: creates another container. `in-place`: changes the one that runs. `ignored`: reports a change and makes
   * none, so that we ask for a replacement. `recorded`: only the state changes.
   */
  readonly change: "replaces" | "in-place" | "ignored" | "recorded";
  /** The provider does not see that it was taken back: a replacement trigger tells it. */
  readonly removalUnseen?: true | "usually given";
  /** What of the argument the input says, such as `driver` of `logging`. @defaultValue the argument itself */
  readonly member?: string;
  /** Says again what another input says already. */
  readonly echoes?: keyof ProviderArgs;
}

export const replaces: Field = { change: "replaces" };
/** Replaces too, but the provider would miss it where the argument is taken back. */
export const replacesUnseen: Field = { change: "replaces", removalUnseen: true };
/** The same, where a default gives it unless the argument leaves it out. */
export const replacesUnseenDefault: Field = { change: "replaces", removalUnseen: "usually given" };
export const inPlace: Field = { change: "in-place" };
/** Changed in place; taken back it would stay as it was. */
export const inPlaceUnseen: Field = { change: "in-place", removalUnseen: true };
export const ignored: Field = { change: "ignored" };

/** Paths of the Engine's specification of a service, each with the member of the argument that it says. */
export type SpecPaths = Readonly<Record<string, string>>;

/** A service takes it with the same check. */
export interface SameOnSwarm<V = unknown> {
  readonly as: "same";
  readonly spec: SpecPaths;
  /** Its value at the first path; without it swarm/service/inputs.ts translates it. */
  told?(value: V): unknown;
}

/** A service takes it in a different form. */
export interface OwnOnSwarm {
  readonly as: "own";
  readonly spec: SpecPaths;
}

/** A service cannot have it; completes `write ...`. */
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

/** What several arguments decide together, before each of them is translated. */
export interface Decided {
  readonly service: string;
  readonly bindings: readonly Binding[];
  readonly attachments: readonly NetworkAttachment[];
  /** Whether it answers to its names from the start, or once it is ready. */
  readonly named: "now" | "later";
}

/** Keys of a Compose service that become the argument, each with the member that it says; `*` is any step. */
export type ComposeKeys = Readonly<Record<string, string>>;

export interface Argument<V = unknown> {
  readonly schema: z.ZodType;
  /** It must be given. */
  readonly required?: true;
  /** What applies where it is left out. Without one: what the image or Docker has. */
  readonly default?: V;
  /** The provider inputs that say it; none for what does not affect running containers. */
  readonly fields: { readonly [F in FieldPath]?: Field };
  /** The values of these inputs. Without it the value goes as it is into the only field. */
  inputs?(value: V, args: ContainerArgs, decided: Decided): Partial<ProviderArgs>;
  /** What the Engine's update call sets for it, and the label on which it is where it is not the default. */
  readonly update?: { readonly label: string; told(value: V): EngineUpdates };
  /** What a change does, where its fields do not tell it. */
  readonly effect?: string;
  /** Whether a job takes it; else what to write instead. */
  readonly job: true | string;
  readonly swarm: SameOnSwarm<V> | OwnOnSwarm | RefusedOnSwarm;
  readonly compose: ComposeKeys;
}

/** Exactly these arguments, each with what is known of it. */
export type Arguments<K extends keyof ContainerArgs> = {
  readonly [P in K]-?: Argument<NonNullable<ContainerArgs[P]>>;
};

/** The provider inputs that say an argument, each with what is known of it. */
export const fieldsOf = ({ fields }: Argument): [path: string, field: Field][] =>
  Object.entries(fields).flatMap(([path, field]: [string, Field | undefined]) =>
    field === undefined ? [] : [[path, field]],
  );
