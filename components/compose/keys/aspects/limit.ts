/** How a target handles an unsupported key, and the shared reasons. */

export interface Remark {
  /** Only these values are unsupported; a star matches any suffix. @defaultValue every value except `false` */
  readonly values?: readonly string[];
  /** All values except these are unsupported. */
  readonly except?: readonly string[];
  /** The unsupported values, checked by the plan because they involve several keys. */
  readonly when?: string;
  /** An error if the project would be less secure or would not work; a warning if only a feature is missing. */
  readonly severity: "error" | "warning";
  /** Completes "KEY ...": why it is not supported. */
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
}

/** A remark with its key. */
export interface Limit extends Remark {
  /** The place of the key; `*` is any name, or any item of a list. */
  readonly key: string;
}

const remark =
  (severity: Remark["severity"]) =>
  (why: string, instead: string, values?: readonly string[]): Remark => ({ severity, why, instead, values });

export const refused = remark("error");
export const warned = remark("warning");

/** Refused by the plan; `when` describes the values. */
export const refusedWhen = (when: string, why: string, instead: string): Remark => ({
  ...refused(why, instead),
  when,
});

/** Reported by the plan, which is applied without it. */
export const warnedWhen = (when: string, why: string, instead: string): Remark => ({
  ...warned(why, instead),
  when,
});

/** All values except a few are unsupported. */
export const butFor = (except: readonly string[], { values: _, ...found }: Remark): Remark => ({
  ...found,
  except,
});

export const NO_INPUT = "is not supported by Pulumi's Docker provider";
export const SWARM = "is for a cluster and has no effect on one host";
export const WINDOWS = "is for containers of Windows";
export const NO_BUILDER = "is not supported in builds yet";
export const OWN_NETWORK = "create the network manually and write external: true";
export const LEAVE_OUT = "remove it";

/** Keys without an argument of a Container yet. Isolation and limits are refused; other missing features give a warning. */
const NOT_YET = ["is not supported yet", "remove it, or set it in the image"] as const;
export const refusedYet = refused(...NOT_YET);
export const warnedYet = warned(...NOT_YET);

/** The Engine API has none of these for services. */
export const NO_TASK = "is not available for Swarm services";
export const NOT_HERE = "is not supported on a Swarm";
export const ONE_HOST = "run this service as a ComposeProject on the host that it needs";
export const OWN_VOLUME = "would have to be set on each node, which creates the volume when it runs a task";
export const BY_HAND = "create the volume on the nodes with docker volume create, and write external: true";
export const LIMITS = "use deploy.resources.limits";
