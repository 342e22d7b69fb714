import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const counter = path.resolve(__dirname, "../../tools/lib/count-tests.js");
let file: string;
beforeEach(() => (file = path.join(mkdtempSync(path.join(tmpdir(), "counts-test-")), "results.json")));
afterEach(() => rmSync(path.dirname(file), { recursive: true, force: true }));

function count(results: object | undefined, status: number): [string, number | null] {
  if (results !== undefined) writeFileSync(file, JSON.stringify(results));
  const run = spawnSync(process.execPath, [counter, file, String(status)], { encoding: "utf8" });
  return [run.stdout, run.status];
}
const results = (numPassedTests: number, numFailedTests = 0, numRuntimeErrorTestSuites = 0) => ({
  success: numFailedTests + numRuntimeErrorTestSuites === 0,
  numPassedTests,
  numFailedTests,
  numRuntimeErrorTestSuites,
});

test.each([
  ["all passed", results(12), 0, "12 passed, 0 failed\n", 0],
  ["some failed", results(12, 3), 1, "12 passed, 3 failed\n", 1],
  ["a file could not be loaded", results(12, 1, 2), 1, "12 passed, 3 failed\n", 1],
  ["no test ran", results(0), 0, "0 passed, 1 failed\n", 1],
  ["nothing was written", undefined, 1, "0 passed, 1 failed\n", 1],
  ["it failed for another reason", results(12), 1, "12 passed, 1 failed\n", 1],
])("%s", (_, given, status, line, code) => expect(count(given, status)).toEqual([line, code]));

test("each failed test is named above the count, with the first line of its reason", () => {
  const testResults = [
    {
      name: path.resolve("test/a.test.ts"),
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "good" },
        {
          status: "failed",
          fullName: "P1 bad",
          failureMessages: ["\u001b[31m\nError: no container\u001b[39m\n  at x"],
        },
      ],
    },
    {
      name: path.resolve("test/b.test.ts"),
      status: "failed",
      message: "cannot find module",
      assertionResults: [],
    },
  ];
  expect(count({ ...results(1, 1, 1), testResults }, 1)).toEqual([
    "failed: test/a.test.ts: P1 bad: Error: no container\n" +
      "failed: test/b.test.ts: cannot find module\n1 passed, 2 failed\n",
    1,
  ]);
});
