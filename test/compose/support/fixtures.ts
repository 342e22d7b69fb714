/** The Compose files of `test/compose/fixtures` and `test/compose/samples`, one folder each, with how they are to be loaded. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Question } from "./oracle";

export interface Fixture extends Question {
  readonly name: string;
}

/** `options.json` may name other files than `compose.yaml` and its override, options of the command, and variables. */
function fixturesOf(root: string): readonly Fixture[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(root, name);
      const options = join(folder, "options.json");
      const given = existsSync(options)
        ? (JSON.parse(readFileSync(options, "utf8")) as Partial<Omit<Question, "folder">>)
        : {};
      const files = ["compose.yaml", "compose.override.yaml"].filter((file) =>
        existsSync(join(folder, file)),
      );
      return { name, folder, files, ...given };
    });
}

/** About one key or one meaning each. */
export const fixtures = fixturesOf(join(__dirname, "../fixtures"));

/** As tutorials write them; test/engine/compose-samples.test.ts runs them. */
export const samples = fixturesOf(join(__dirname, "../samples"));
