/** A promise of docs/promises.md that no scenario is named after is only a wish. */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../..");

/** The numbers of the promises, as the document lists them. */
const promised = (document: string): string[] =>
  [...document.matchAll(/^- \*\*(P\d+) /gm)].map(([, number]) => number ?? "");

/** The numbers that the titles of a test file begin with; of tests that do not run there are none. */
function scenarios(source: string): string[] {
  const numbers: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      const number = title !== undefined && isTest(node.expression) && /^P\d+(?= )/.exec(textOf(title))?.[0];
      if (number) numbers.push(number);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("a.test.ts", source, ts.ScriptTarget.Latest));
  return numbers;
}

/** `it(...)`, `describe.each(...)(...)`; not `it.skip(...)`. */
function isTest(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return ["describe", "it", "test"].includes(called.text);
  const { expression: each } = ts.isCallExpression(called) ? called : { expression: undefined };
  return (
    each !== undefined &&
    ts.isPropertyAccessExpression(each) &&
    each.name.text === "each" &&
    isTest(each.expression)
  );
}

function textOf(title: ts.Expression): string {
  if (ts.isStringLiteralLike(title)) return title.text;
  return ts.isTemplateExpression(title) ? title.head.text : "";
}

function missing(promises: readonly string[], sources: readonly string[]): string[] {
  const kept = new Set(sources.flatMap(scenarios));
  return promises.filter((number) => !kept.has(number));
}

const testsIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));

const promises = promised(readFileSync(join(root, "docs/promises.md"), "utf8"));

test("eleven promises are given", () => {
  expect(promises).toEqual(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11"]);
});

test("each has a scenario on an Engine", () => {
  expect(missing(promises, testsIn("test/engine"))).toEqual([]);
});

test("no test is named after a promise that was not given", () => {
  expect(
    testsIn("test")
      .flatMap(scenarios)
      .filter((number) => !promises.includes(number)),
  ).toEqual([]);
});

test.each([
  ["a test", `it("P1 is kept", () => {})`, []],
  ["a group of tests", `describe("P1 x", () => {})`, []],
  ["a table of tests", `describe.each(forms)("P1 %s", () => {})`, []],
  ["a title with a value in it", "test(`P1 ${name}`, () => {})", []],
  ["a test in a group", `describe("x", () => { it("P1 y", () => {}); })`, []],
  ["another promise", `it("P10 x", () => {})`, ["P1"]],
  ["a word that only looks like it", `it("P1x", () => {})`, ["P1"]],
  ["a title that has it elsewhere", `it("keeps P1 ", () => {})`, ["P1"]],
  ["a comment", `// it("P1 x", () => {})`, ["P1"]],
  ["a test that is skipped", `it.skip("P1 x", () => {})`, ["P1"]],
  ["a table that is skipped", `it.skip.each(forms)("P1 x", () => {})`, ["P1"]],
  ["a test that is not written yet", `it.todo("P1 x")`, ["P1"]],
  ["a call of something else", `log("P1 x")`, ["P1"]],
  ["nothing", "", ["P1"]],
])("%s: what counts for P1", (_, source, lacking) => {
  expect(missing(["P1"], [source])).toEqual(lacking);
});
