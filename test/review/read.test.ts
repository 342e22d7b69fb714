/** From the digest of Pulumi to steps. */

import { flatten } from "../../components/review/changes";
import { readPreview } from "../../components/review/read";
import { digestText, container, preview, type Resource, urnOf } from "./digest";
import { recorded } from "./reports";

const web: Resource = { op: "replace", type: container, name: "web", of: "Container web" };
const changes = (before: object, after: object, more: Partial<Resource> = {}) =>
  preview([{ ...web, before, after, ...more }]).steps.find(({ type }) => type === container)?.changes;

test("project, stack, and where the component is declared", () => {
  const found = preview([web]);
  expect(found).toMatchObject({ project: "shop", stack: "prod" });
  expect(found.steps[0]).toMatchObject({ name: "web", source: { file: "index.ts", line: 7 } });
  expect(found.steps[1]).toMatchObject({
    urn: urnOf(web),
    operation: "replace",
    parent: found.steps[0]?.urn,
  });
});

test.each([
  ["", "it is empty"],
  ["no digest", "it is not valid JSON"],
  ["[]", "it is not the JSON output of a preview"],
  ["{}", "it has neither steps nor diagnostics"],
  ['{"steps":[{"op":1}]}', "it is not the JSON output of a preview: steps.0.op"],
])("%j is an error", (text, why) => {
  expect(() => readPreview(text)).toThrow(why);
});

test("a warning before the digest does no harm, and no state knows what Pulumi notes for itself", () => {
  const found = readPreview(
    `warning: old version\n${digestText([{ ...web, op: "create", after: { __defaults: [], a: 1 } }])}`,
  );
  expect(found.steps[1]?.after?.inputs).toEqual({ a: 1 });
  expect(found.steps[1]?.before).toBeUndefined();
});

test("list items are identified by readable names", () => {
  expect([
    ...flatten({
      envs: ["LOG=a=b", "EMPTY="],
      ports: [{ internal: 80, ip: "127.0.0.1" }],
      labels: [{ label: "a.b", value: "c" }],
      uploads: [{ file: "/run/x", content: "y" }],
      command: ["a", "b"],
      none: [],
    }),
  ]).toEqual([
    ["envs.LOG", "a=b"],
    ["envs.EMPTY", ""],
    ['ports["80/tcp"].internal', "80"],
    ['ports["80/tcp"].ip', "127.0.0.1"],
    ['labels["a.b"]', "c"],
    ['uploads["/run/x"].file', "/run/x"],
    ['uploads["/run/x"].content', "y"],
    ["command", "a b"],
  ]);
});

test("a new variable is one change, wherever it comes to stand", () => {
  expect(changes({ envs: ["B=1", "C=1"] }, { envs: ["A=1", "B=1", "C=2"] }, { reasons: ["envs"] })).toEqual([
    { path: "envs.C", kind: "update", before: "1", after: "2", replaces: true },
    { path: "envs.A", kind: "add", after: "1", replaces: true },
  ]);
});

test("a masked list shows what differs by Pulumi's own paths, and no value", () => {
  const masked = { envs: "[secret]" };
  expect(changes(masked, masked, { reasons: ["envs"], detailed: { "envs[1]": "update-replace" } })).toEqual([
    { path: "envs[1]", kind: "update", before: "[secret]", after: "[secret]", replaces: true },
  ]);
});

test("a cause without an input is reported by its name", () => {
  expect(changes({ a: 1 }, { a: 1 }, { reasons: ["#initerror"] })).toEqual([
    { path: "#initerror", kind: "update", replaces: true },
  ]);
});

test("the generation label of dockwright does not count as a change", () => {
  const mark = (value: string) => ({ labels: [{ label: "io.dockwright.generation", value }], name: value });
  expect(changes(mark("a"), mark("b"), { reasons: ["labels"] })).toEqual([]);
});

test("a digest of Pulumi itself is read as a whole", () => {
  const { steps, project, stack } = recorded("no-change");
  expect([project, stack, steps.length]).toEqual(["dockwright", "review", 47]);
  expect(steps.every(({ operation }) => operation === "same")).toBe(true);
  const database = steps.find(({ type, name }) => type === container && name === "database");
  expect(database?.after?.order).toBe("stop-first");
  expect(database?.source).toEqual({ file: "index.ts", line: 38 });
});

const at = (place: string): { readonly sourcePosition?: string } =>
  place === "" ? {} : { sourcePosition: `project:///${place}` };
const anyImport = ["", "", "", ""];

test.each<[string, string[], string | undefined]>([
  ["by itself", ["index.ts#9,1", ...anyImport], "index.ts:9"],
  ["out of a package", ["node_modules/dockwright/dist/x.js#1,1", "index.ts#9,1"], "index.ts:9"],
  ["by a function of another file", ["lib/make.ts#3,1", "index.ts#9,1", ...anyImport], "index.ts:9"],
  ["in a loop of another file", ["lib/make.ts#3,1", "", "lib/make.ts#2,1", "index.ts#9,1"], "index.ts:9"],
  ["by a function of the same file", ["index.ts#3,1", "index.ts#9,1", ...anyImport], "index.ts:3"],
  ["in a file that is imported", ["lib/data.ts#3,1", ...anyImport, "index.ts#1,1"], "lib/data.ts:3"],
  [
    "in a file that ts-node loads",
    ["lib/data.ts#3,1", "", "../node_modules/ts-node/x.ts#5,1", "", "index.ts#1,1"],
    "lib/data.ts:3",
  ],
  ["nowhere in the program", ["node_modules/other/x.js#1,1", ...anyImport], undefined],
])("what is declared %s is found there", (_, places, found) => {
  const state = { type: "dockwright:index:Volume", stackTrace: places.map(at) };
  const [step] = readPreview(
    JSON.stringify({
      steps: [
        { op: "create", urn: urnOf({ type: "dockwright:index:Volume", name: "data" }), newState: state },
      ],
    }),
  ).steps;
  expect(step?.source && `${step.source.file}:${String(step.source.line)}`).toBe(found);
});
