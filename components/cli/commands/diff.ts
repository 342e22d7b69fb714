/** `dockwright diff`: lists the differences between two stacks of one program. Nothing is changed. */

import { jsonText, visible } from "../../core/text/visible";
import { type ComponentDifference, stackDifferences } from "../../review/differences";
import type { Preview } from "../../review/read";
import { askPreview, noEngine } from "../pulumi/ask-preview";
import { EXIT_CODES, exit, readWords, text, UsageError } from "../command";
import { count, formatRefusal } from "../say";

export const usage = `usage: dockwright diff STACK STACK [OPTION...]

  -C, --cwd FOLDER       the folder of the program
      --format FORMAT    text or json (default: text)

Lists the differences between two stacks of one program, by resource and field. Pulumi previews both; nothing is changed.

${EXIT_CODES}`;

export interface DiffRequest {
  readonly stacks: readonly [string, string];
  readonly folder: string | undefined;
  readonly format: "text" | "json";
}

export function parse(words: readonly string[]): DiffRequest {
  const options = { cwd: { ...text, short: "C" }, format: { ...text, default: "text" } } as const;
  const { values, positionals } = readWords({ args: [...words], options, allowPositionals: true });
  const [one, other] = positionals;
  const { format, cwd } = values;
  if (one === undefined || other === undefined || positionals.length > 2)
    throw new UsageError("diff needs two stack names");
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format must be text or json, got ${format}`);
  return { stacks: [one, other], folder: cwd, format };
}

export async function run({ stacks, folder, format }: DiffRequest): Promise<number> {
  const previews: Preview[] = [];
  for (const stack of stacks) {
    // The host is not contacted: the ports and names of one stack would conflict with those of the other.
    const preview = await askPreview({ stack, folder }, [], noEngine);
    const error = preview.diagnostics.find(({ severity }) => severity === "error");
    if (error !== undefined) {
      process.stderr.write(
        formatRefusal({
          what: `the preview of ${stack} failed`,
          why: error.text.replaceAll("\n", "\n        "),
          now: "nothing was changed or compared",
          next: `pulumi preview --stack ${stack}, which must succeed; then run this command again`,
        }),
      );
      return exit.failed;
    }
    previews.push(preview);
  }
  const [one, other] = previews as [Preview, Preview];
  const found = stackDifferences(one, other);
  process.stdout.write(
    format === "json"
      ? `${jsonText({ schemaVersion: 1, stacks, differences: found })}\n`
      : visible(diffText(stacks, found)),
  );
  return found.length === 0 ? exit.ok : exit.found;
}

export function diffText(
  [one, other]: readonly [string, string],
  found: readonly ComponentDifference[],
): string {
  if (found.length === 0) return `${one} and ${other} differ only in their names.\n`;
  const blocks = found.map(({ title, in: where, fields }) => {
    if (where !== "both") return `${title}: only in ${where === "one" ? one : other}\n`;
    const lines = fields.map(
      ({ path, one: a, other: b }) => `  ${path}: ${a ?? "nothing"} | ${b ?? "nothing"}\n`,
    );
    return `${title}\n${lines.join("")}`;
  });
  return `${one} | ${other}: ${count(found.length, "resource")} differ${found.length === 1 ? "s" : ""}\n\n${blocks.join("")}`;
}
