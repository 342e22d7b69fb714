/** The report of each recorded preview in each format that is text, as the golden files hold them. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { type Review, review } from "../../components/review/classify";
import { type Format, formats } from "../../components/review/format";
import { type Preview, readPreview } from "../../components/review/read";
import { png } from "../../components/review/topology/draw/png";
import { edits } from "./edits";

export const goldenFolder = join(__dirname, "golden");
export const picturesFolder = resolve(__dirname, "../../docs/review");

const endings = {
  text: "txt",
  markdown: "md",
  json: "json",
  sarif: "sarif",
  mermaid: "mmd",
  svg: "svg",
} as const satisfies Partial<Record<Format, string>>;

export function recorded(edit: string): Preview {
  return readPreview(readFileSync(join(__dirname, "recorded", `${edit}.json`), "utf8"));
}

export function reviewed(edit: string): Review {
  return review(recorded(edit));
}

/** Name of the file and what must be in it. */
export async function reports(): Promise<[string, string][]> {
  const all = edits.flatMap(({ name }) =>
    (Object.keys(endings) as (keyof typeof endings)[]).map(async (format): Promise<[string, string]> => {
      const preview = recorded(name);
      const report = await formats[format]({ review: review(preview), preview, colours: false });
      return [`${name}.${endings[format]}`, report.toString()];
    }),
  );
  return Promise.all(all);
}

/** The pictures that the documentation shows. */
export function pictures(): Promise<[string, Uint8Array][]> {
  const shown = ["public-port", "network-subnet", "database-removed", "replicas-up"];
  return Promise.all(
    shown.map(async (edit): Promise<[string, Uint8Array]> => [
      `${edit}.png`,
      await png(recorded(edit).steps),
    ]),
  );
}
