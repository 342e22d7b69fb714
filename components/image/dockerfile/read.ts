/** Reads the facts of a Dockerfile that a component needs before the build: its volumes and its health check. */

export interface Instruction {
  /** Upper case. */
  readonly name: string;
  readonly rest: string;
  /** Its first line, from 1. */
  readonly line: number;
}

interface Stage {
  readonly name: string | undefined;
  readonly volumes: readonly string[];
  readonly healthCheck: boolean;
}

/**
 * The VOLUME paths of the built stage, including those of the earlier stages it is based on, each once, in order.
 * Volumes of the base image, and paths with a variable, are not included.
 *
 * @param target - the stage, by name or number. @defaultValue the last one
 */
export function declaredVolumes(text: string, target?: string): string[] {
  return [...new Set(builtStage(text, target)?.volumes ?? [])];
}

/**
 * Whether the built stage, or an earlier stage it is based on, has a HEALTHCHECK other than NONE. See {@link
 * declaredVolumes}.
 */
export function declaredHealthCheck(text: string, target?: string): boolean {
  return builtStage(text, target)?.healthCheck ?? false;
}

function builtStage(text: string, target: string | undefined): Stage | undefined {
  const stages: Stage[] = [];
  for (const { name, rest } of instructions(text)) {
    if (name === "FROM") {
      const words = rest.split(/\s+/).filter((word) => !word.startsWith("--"));
      const base = findStage(stages, words[0] ?? "");
      stages.push({
        name: words[1]?.toLowerCase() === "as" ? words[2]?.toLowerCase() : undefined,
        volumes: base?.volumes ?? [],
        healthCheck: base?.healthCheck ?? false,
      });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) continue;
    if (name === "VOLUME")
      stages[stages.length - 1] = { ...stage, volumes: [...stage.volumes, ...volumePaths(rest)] };
    if (name === "HEALTHCHECK")
      stages[stages.length - 1] = { ...stage, healthCheck: !/^(--\S+\s+)*none\s*$/i.test(rest) };
  }
  if (target === undefined) return stages.at(-1);
  return findStage(stages, target) ?? stages[/^\d+$/.test(target) ? Number(target) : -1];
}

/** A later stage with the same name hides an earlier one. */
function findStage(stages: readonly Stage[], name: string): Stage | undefined {
  return stages.findLast((stage) => stage.name === name.toLowerCase());
}

function volumePaths(rest: string): string[] {
  const words = jsonList(rest) ?? rest.split(/\s+/).filter(Boolean);
  return words.filter((word) => !/(^|[^\\])\$/.test(word)).map(unquote);
}

function jsonList(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Removes quotes and backslashes as a shell does. */
function unquote(word: string): string {
  return word.replace(
    /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
    (_all, char?: string, double?: string, single?: string) =>
      char ?? single ?? (double as string).replace(/\\(["\\$])/g, "$1"),
  );
}

/** The logical lines: without comments and here-documents, continuation lines joined. */
export function instructions(text: string): Instruction[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const continued = /^#\s*escape\s*=\s*`\s*$/im.test(directives(lines))
    ? /(^|[^`])`[ \t]*$/
    : /(^|[^\\])\\[ \t]*$/;
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length;) {
    let line = "";
    const start = at + 1;
    for (let open = true; open && at < lines.length; at += 1) {
      const part = lines[at] as string;
      if (/^\s*#/.test(part)) {
        if (line === "") open = false;
        continue;
      }
      if (part.trim() === "" && line !== "") continue;
      open = continued.test(part);
      line += open ? part.replace(/[\\`][ \t]*$/, "") : part;
    }
    const match = /^\s*([A-Za-z]+)\s+([\s\S]*)$/.exec(line);
    if (!match) continue;
    const [name, rest] = [(match[1] as string).toUpperCase(), (match[2] as string).trim()];
    found.push({ name, rest, line: start });
    if (/^(RUN|COPY|ADD)$/.test(name) && jsonList(rest) === undefined)
      at = skipHereDocuments(lines, at, rest);
  }
  return found;
}

/** Parser directives are at the start of the file. */
function directives(lines: readonly string[]): string {
  const end = lines.findIndex((line) => !/^#\s*\w+\s*=/.test(line));
  return lines.slice(0, end < 0 ? lines.length : end).join("\n");
}

function skipHereDocuments(lines: readonly string[], start: number, rest: string): number {
  let at = start;
  for (const match of rest.matchAll(/(?:^|\s)\d*<<(-?)(["']?)([^\s<"']+)\2(?=\s|$)/g)) {
    const [, chomp, , end] = match;
    while (
      at < lines.length &&
      (chomp === "-" ? (lines[at] as string).replace(/^\t+/, "") : lines[at]) !== end
    )
      at += 1;
    at += 1;
  }
  return at;
}
