/** The options of `pulumi up`, `preview` and `destroy`: their syntax, and whether they change the plan. */

/** `plan`: it changes what an `up` does, and `pulumi preview` has it too. `harmless`: it changes neither. */
type Effect = "plan" | "harmless";

interface Known {
  readonly name: string;
  readonly short?: string;
  /** `optional` values are written with `=` alone: `--refresh`, `--refresh=true`. */
  readonly value: "none" | "optional" | "required";
  readonly effect: Effect;
}

const list = (effect: Effect, value: Known["value"], names: string): Known[] =>
  names.split(" ").map((each) => {
    const [name = "", short] = each.split(",");
    return { name: `--${name}`, ...(short !== undefined && { short: `-${short}` }), value, effect };
  });

/** An unknown option counts as one whose effect a preview cannot show. */
const known: readonly Known[] = [
  ...list(
    "plan",
    "none",
    "config-path target-dependents exclude-dependents run-program ignore-protect skip-config-validation",
  ),
  ...list("plan", "optional", "refresh,r"),
  ...list(
    "plan",
    "required",
    "config,c config-file target,t replace target-replace exclude,x parallel,p policy-pack policy-pack-config override-env",
  ),
  ...list(
    "harmless",
    "none",
    "debug,d diff help,h json,j neo show-config show-full-output show-policy-remediations show-reads show-replacement-steps " +
      "show-sames show-secrets skip-plugin-pre-install skip-preview,f strict expect-no-changes suppress-outputs suppress-progress " +
      "urns yes,y emoji,e fully-qualify-stack-names,Q logflow logtostderr non-interactive",
  ),
  ...list("harmless", "optional", "suppress-permalink"),
  ...list(
    "harmless",
    "required",
    "message,m stack,s color cwd,C memprofilerate otel-traces profiling tracing verbose,v",
  ),
];

/** One option as typed, or another argument. */
export interface Typed {
  /** The long name of a known option; otherwise the argument as typed, without a value. */
  readonly name: string;
  readonly value: string | undefined;
  /** The arguments it consists of; combined short options are separated. */
  readonly words: readonly string[];
  /** Undefined for unknown options and other arguments. */
  readonly effect: Effect | undefined;
}

/** Reads options in every spelling that Pulumi accepts: `--stack x`, `--stack=x`, `-s x`, `-sx`, `-s=x`, `-yf`. */
export function readOptions(words: readonly string[]): Typed[] {
  const found: Typed[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === "--") {
      found.push(...words.slice(at).map(unknown));
      break;
    }
    const read = word.startsWith("--") ? [readLong(word)] : readShort(word);
    const last = read.at(-1);
    const next = words[at + 1];
    if (last?.needsValue === true && next !== undefined) {
      const whole = { ...last, value: next, words: [...last.words, next] };
      found.push(...read.slice(0, -1), whole);
      at++;
    } else found.push(...read);
  }
  return found;
}

type Reading = Typed & { readonly needsValue?: boolean };

const unknown = (word: string): Typed => ({
  name: word.startsWith("--") ? (word.split("=", 1)[0] ?? word) : word,
  value: undefined,
  words: [word],
  effect: undefined,
});

function readLong(word: string): Reading {
  const at = word.indexOf("=");
  const name = at < 0 ? word : word.slice(0, at);
  const option = known.find((each) => each.name === name);
  if (option === undefined) return unknown(word);
  const value = at < 0 ? undefined : word.slice(at + 1);
  const needsValue = option.value === "required" && value === undefined;
  return { name, value, words: [word], effect: option.effect, needsValue };
}

/** Combined short options: flags, and a last option with its value. */
function readShort(word: string): Reading[] {
  if (!/^-[^-]/.test(word)) return [unknown(word)];
  const read: Reading[] = [];
  for (let rest = word.slice(1); rest !== "";) {
    const short = `-${rest.charAt(0)}`;
    const option = known.find((each) => each.short === short);
    if (option === undefined) return [...read, unknown(`-${rest}`)];
    const { name, effect } = option;
    const after = rest.slice(1);
    if (option.value === "required" || after.startsWith("=")) {
      const value = after === "" ? undefined : after.replace(/^=/, "");
      return [...read, { name, value, words: [`-${rest}`], effect, needsValue: value === undefined }];
    }
    read.push({ name, value: undefined, words: [short], effect });
    rest = after;
  }
  return read;
}

/** The value of an option; the last one counts, as in Pulumi. */
export function valueOf(name: string, options: readonly Typed[]): string | undefined {
  return options.findLast((each) => each.name === name)?.value;
}
