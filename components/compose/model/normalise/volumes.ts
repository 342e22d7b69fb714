/** `[SOURCE:]TARGET[:OPTIONS]`: a host path, a named volume, or an anonymous volume. */

import { posix } from "node:path";

import { map, type Node, type Place } from "../../source/node";

export interface ShortVolume {
  readonly type: "bind" | "volume";
  readonly source?: string;
  readonly target: string;
  readonly readOnly?: boolean;
  readonly noCopy?: boolean;
  readonly propagation?: string;
  readonly selinux?: string;
}

const PROPAGATIONS = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

/** Undefined if the text has an empty part or too many parts. */
export function parseVolume(text: string): ShortVolume | undefined {
  if (text === "") return undefined;
  if (text.length <= 2) return { type: "volume", target: text };
  const [first = "", second, options, ...more] = sections(text);
  if (more.length > 0 || [first, second, options].includes("")) return undefined;
  if (second === undefined) return { type: "volume", target: first };
  return {
    type: isHostPath(first) ? "bind" : "volume",
    source: first,
    target: second,
    ...parseOptions(options),
  };
}

/** The parts between colons; the colon after a drive letter belongs to the path, as do those within `${...}`. */
function sections(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let open = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === "$" && text.charAt(index + 1) === "{") open += 1;
    if (char === "}" && open > 0) open -= 1;
    const drive = char === ":" && /^\p{L}$/u.test(part);
    if (char === ":" && !drive && open === 0) {
      parts.push(part);
      part = "";
    } else part += char;
  }
  return [...parts, part];
}

/** Unknown options are ignored, as in Compose. */
function parseOptions(options = ""): Partial<ShortVolume> {
  const found: { -readonly [K in keyof ShortVolume]?: ShortVolume[K] } = {};
  for (const option of options.split(",")) {
    if (option === "ro") found.readOnly = true;
    else if (option === "rw") found.readOnly = false;
    else if (option === "nocopy") found.noCopy = true;
    else if (option === "z" || option === "Z") found.selinux = option;
    else if (PROPAGATIONS.includes(option)) found.propagation = option;
  }
  return found;
}

function isHostPath(source: string): boolean {
  return /^([./~]|\\\\|\p{L}:)/u.test(source);
}

/** The long form. The short syntax creates a missing folder, which the long form must request. */
export function longVolume(short: ShortVolume, place: Place): Node {
  const bind = {
    selinux: short.selinux,
    propagation: short.propagation,
    create_host_path: short.type === "bind" ? true : undefined,
  };
  const hasBind = Object.values(bind).some((value) => value !== undefined);
  return map(
    {
      type: short.type,
      source: short.source,
      target: posix.normalize(short.target).replace(/(?<=.)\/$/, ""),
      read_only: short.readOnly === true ? true : undefined,
      bind: hasBind ? map(bind, place) : undefined,
      volume: volumeOptions(short, place),
    },
    place,
  );
}

function volumeOptions({ type, noCopy, target, source }: ShortVolume, place: Place): Node | undefined {
  if (noCopy === true) return map({ nocopy: true }, place);
  // Compose ignores the options of a target with one or two letters.
  return type === "volume" && !(source === undefined && target.length <= 2) ? map({}, place) : undefined;
}
