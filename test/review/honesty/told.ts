/** What a plain `pulumi preview` or `pulumi up` prints, read as a person reads it: with no code of the product. Pure. */

export const WORDS = [
  "data loss",
  "permanent outage",
  "brief outage",
  "privilege widened",
  "exposure widened",
  "takeover",
  "down now",
  "data left behind",
] as const;

export type Word = (typeof WORDS)[number];

export interface Consequence {
  readonly word: Word;
  readonly why: string;
}

/** One run of Pulumi, as far as it speaks of consequences. */
export interface Told {
  /** By component, such as `container "web"`. */
  readonly components: ReadonlyMap<string, readonly Consequence[]>;
  /** What follows `verdict: `; undefined where there is no such line. */
  readonly verdict: string | undefined;
  /** Lines of components that appear more than once, and verdicts after the first. */
  readonly repeated: readonly string[];
  /** Steps of the provider's resources: `Container web` to `replace`. */
  readonly steps: ReadonlyMap<string, string>;
  /** Volumes whose options are said not to be applied. */
  readonly unapplied: readonly string[];
}

export function readTold(printed: string): Told {
  const components = new Map<string, readonly Consequence[]>();
  const verdicts: string[] = [];
  const repeated: string[] = [];
  const steps = new Map<string, string>();
  const unapplied: string[] = [];
  for (const line of printed.split("\n")) {
    const [, type, name, operation] =
      /^ *[+~-]{1,2} .*?docker:index:(\w+) +(\S+) +(create|update|replace|delete)/.exec(line) ?? [];
    if (operation !== undefined) steps.set(`${type ?? ""} ${name ?? ""}`, operation);
    const [, verdict] = /^ +warning: verdict: (.+)$/.exec(line) ?? [];
    if (verdict !== undefined) verdicts.push(verdict);
    const [, what = "", rest = ""] =
      /^ +warning: ((?:container|job|volume|network) "[^"]+"): (.+)$/.exec(line) ?? [];
    const [, volume] = /^volume "(.+)"$/.exec(what) ?? [];
    if (volume !== undefined && rest.includes(" not applied: ")) unapplied.push(volume);
    const found = consequences(rest);
    if (found.length === 0) continue;
    const known = components.get(what) ?? [];
    const twice = found.filter(({ word }) => known.some((each) => each.word === word));
    repeated.push(...twice.map(({ word }) => `${what}: ${word}`));
    components.set(what, [...known, ...found]);
  }
  repeated.push(...verdicts.slice(1).map((each) => `verdict: ${each}`));
  return { components, verdict: verdicts[0], repeated, steps, unapplied };
}

const heading = new RegExp(`(?:^|; )(${WORDS.join("|")}): `, "g");

function consequences(text: string): Consequence[] {
  if (text.includes(" is taken over")) return [{ word: "takeover", why: text }];
  if (text.includes(" no longer exists on the host, and its data is lost"))
    return [{ word: "data loss", why: text }];
  const parts = text.split(heading);
  return parts[0] === ""
    ? parts.flatMap((part, index) =>
        index % 2 === 1 ? [{ word: part as Word, why: parts[index + 1] ?? "" }] : [],
      )
    : [];
}

/** What the closing line must be: every consequence that a line tells, worst first. */
export function verdictOf({ components }: Told): string | undefined {
  const parts = WORDS.flatMap((word) => {
    const names = [...components]
      .filter(([, said]) => said.some((each) => each.word === word))
      .map(([what]) => what)
      .sort();
    return names.length === 0 ? [] : [`${word}${word === "down now" ? ":" : " of"} ${names.join(", ")}`];
  });
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** The seconds that an announced gap lasts at most: both of its bounds; what is created and started between them has none. */
export function boundOf(why: string): number {
  return [...why.matchAll(/\(at most (\d+) s\)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
