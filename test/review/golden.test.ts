/** The reports of the prepared edits of the reference deployment, word for word; test/review/write-golden.ts writes them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { edits } from "./edits";
import { goldenFolder, reports } from "./reports";

const expected = (name: string): string => readFileSync(join(goldenFolder, name), "utf8");

test("each report equals its reviewed golden file", async () => {
  const all = await reports();
  expect(all.map(([name]) => name).sort()).toEqual(readdirSync(goldenFolder).sort());
  for (const [name, report] of all) expect([name, report]).toEqual([name, expected(name)]);
});

test.each(edits.map(({ name }) => name))(
  "the reports of %s hold no secret, no machine and no raw unknown",
  (name) => {
    for (const ending of ["txt", "md", "json", "sarif", "mmd", "svg"]) {
      const report = expected(`${name}.${ending}`);
      expect(report).not.toMatch(/word-for-a-record|04da6b54|\/tmp\/|undefined|\[object/);
    }
  },
);

test.each([
  ["no-change", "Nothing changes."],
  ["environment", 'Container "trainer" has a brief outage.'],
  ["database-removed", 'Container "database" stops for good.'],
  ["gateway-removed", 'Data of gateway "gateway" is lost; it stops for good.'],
])("the verdict of %s is one sentence", (name, sentence) => {
  expect(expected(`${name}.txt`).split("\n")[0]).toBe(sentence);
});
