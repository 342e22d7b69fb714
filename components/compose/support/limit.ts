/** A key that cannot be honoured, and the words that several of them share. */

export interface Limit {
  /** Where the key stands; `*` is any name, or any item of a list. */
  readonly key: string;
  /** Where only these values are not honoured; a star stands for any end. @defaultValue every value but `false` */
  readonly values?: readonly string[];
  /** Where every value but these is not honoured. */
  readonly except?: readonly string[];
  /** An error where the project would be less safe or would not work; a warning where it only does less. */
  readonly severity: "error" | "warning";
  /** Completes "KEY ...": why it is not honoured. */
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
}

export const limit =
  (severity: Limit["severity"]) =>
  (key: string, why: string, instead: string, values?: readonly string[]): Limit => ({
    key,
    severity,
    why,
    instead,
    values,
  });

export const NO_INPUT = "has no counterpart in the Docker provider of Pulumi";
export const SWARM = "is for a cluster, and has no meaning on one host";
export const WINDOWS = "is for containers of Windows";
export const NO_BUILDER = "needs a builder that the Docker provider of Pulumi does not reach";
export const OWN_NETWORK = "make the network by hand and write external: true";

/** Where all values but a few cannot be honoured. */
export const butFor = (except: readonly string[], { values: _, ...found }: Limit): Limit => ({
  ...found,
  except,
});

/** What a Container has no argument for yet. Isolation and limits are refused; what only does less is warned about. */
export const notYet = (
  tell: ReturnType<typeof limit>,
  keys: readonly string[],
  values?: readonly string[],
): Limit[] =>
  keys.map((key) => tell(key, "is not carried out yet", "take it out, or set it in the image", values));
