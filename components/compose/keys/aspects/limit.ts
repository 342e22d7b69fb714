/** What a target does with a key that it does not honour, and the words that several keys share. */

export interface Remark {
  /** Where only these values are not honoured; a star stands for any end. @defaultValue every value but `false` */
  readonly values?: readonly string[];
  /** Where every value but these is not honoured. */
  readonly except?: readonly string[];
  /** Of which values the plan refuses it: it sees more than one key, and says so in its own words. */
  readonly when?: string;
  /** An error where the project would be less safe or would not work; a warning where it only does less. */
  readonly severity: "error" | "warning";
  /** Completes "KEY ...": why it is not honoured. */
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
}

/** A remark with the key that it is about. */
export interface Limit extends Remark {
  /** Where the key stands; `*` is any name, or any item of a list. */
  readonly key: string;
}

const remark =
  (severity: Remark["severity"]) =>
  (why: string, instead: string, values?: readonly string[]): Remark => ({ severity, why, instead, values });

export const refused = remark("error");
export const warned = remark("warning");

/** What the plan refuses; `when` says of which values. */
export const refusedWhen = (when: string, why: string, instead: string): Remark => ({
  ...refused(why, instead),
  when,
});

/** Where all values but a few cannot be honoured. */
export const butFor = (except: readonly string[], { values: _, ...found }: Remark): Remark => ({
  ...found,
  except,
});

export const NO_INPUT = "is not supported by Pulumi's Docker provider";
export const SWARM = "is for a cluster and has no effect on one host";
export const WINDOWS = "is for containers of Windows";
export const NO_BUILDER = "needs a builder that Pulumi's Docker provider does not support";
export const OWN_NETWORK = "create the network manually and write external: true";
export const LEAVE_OUT = "remove it";

/** What a Container has no argument for yet. Isolation and limits are refused; what only does less is warned about. */
const NOT_YET = ["is not supported yet", "remove it, or set it in the image"] as const;
export const refusedYet = refused(...NOT_YET);
export const warnedYet = warned(...NOT_YET);

/** A service of Docker Engine's API has none of these, whoever asks for them. */
export const NO_TASK = "is not available for Swarm services";
export const NOT_HERE = "is not supported on a Swarm";
export const ONE_HOST = "run this service as a ComposeProject on the host that it needs";
export const OWN_VOLUME = "would have to be set on each node, which creates the volume when it runs a task";
export const BY_HAND = "create the volume on the nodes with docker volume create, and write external: true";
export const LIMITS = "use deploy.resources.limits";
