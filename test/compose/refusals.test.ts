/** What dockwright says of each fixture that is wrong: literally, in the fixture's `error.txt`. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { fixtures } from "./support/fixtures";
import { own } from "./support/own";

/** What the fixtures put into the place of a secret. */
const SECRETS = ["hunter2", "12345678", "correct-horse", "very secret"];

const wrong = fixtures.filter(({ folder }) => existsSync(join(folder, "error.txt")));
const right = fixtures.filter((fixture) => !wrong.includes(fixture));

test.each(wrong.map((fixture) => [fixture.name, fixture] as const))("%s is refused", (_name, fixture) => {
  const { error } = own(fixture);
  expect(error.replaceAll(`${fixture.folder}/`, "")).toBe(
    readFileSync(join(fixture.folder, "error.txt"), "utf8").trimEnd(),
  );
  for (const secret of SECRETS) expect(error).not.toContain(secret);
});

test.each(right.map((fixture) => [fixture.name, fixture] as const))("%s is accepted", (_name, fixture) => {
  expect(own(fixture).error).toBe("");
});
