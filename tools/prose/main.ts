/**
 * Checks the English of the repository: `npm run check -- prose`. Prints file, line, phrase and what to write instead.
 * It reads comments, texts, documents and names, and of tests only their titles.
 */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findPhrases } from "./find";

const root = resolve(__dirname, "../..");
const READ =
  /^(?:components|stacks|tools|docs|apps|bench|\.changeset)\/|^(?:index\.ts|README\.md|CONTRIBUTING\.md|Makefile)$/;
const TESTS = /^test\/.+\.test\.ts$/;
/** The line of a title: `test("...`, or `])("%s ...` after a table. */
const TITLE = /^\s*(?:(?:test|it|describe)(?:\.\w+)*\(|\]?\)\()["'`]/;
/** The table itself, generated files, and programs of others. */
const EXEMPT = /^tools\/prose\/phrases\.ts$|^docs\/api\.md$|\.(?:png|svg|woff2?|lock)$/;

const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter(
    (file) => (READ.test(file) || TESTS.test(file)) && !EXEMPT.test(file) && existsSync(join(root, file)),
  );
const lines = files.flatMap((file) =>
  findPhrases(proseOf(file)).map(
    ({ line, phrase, instead }) => `${file}:${String(line)}: "${phrase}"; write: ${instead}`,
  ),
);
if (lines.length > 0) console.log(lines.join("\n"));
process.exitCode = lines.length === 0 ? 0 : 1;

/** The checked text of a file; the other lines of a test are empty, so that line numbers stay. */
function proseOf(file: string): string {
  const text = readFileSync(join(root, file), "utf8");
  if (!TESTS.test(file)) return text;
  return text
    .split("\n")
    .map((line) => (TITLE.test(line) ? line : ""))
    .join("\n");
}
