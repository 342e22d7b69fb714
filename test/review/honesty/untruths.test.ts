/** The judge of what a plain preview tells is itself judged: what is true passes, and every kind of lie is found. */

import { review } from "../../../components/review/classify";
import { container, preview, type Resource, volume } from "../digest";
import type { Gap } from "./client";
import { readTold } from "./told";
import { type ToldRound, untruths } from "./untruths";
import type { ContainerView, View } from "./view";

const web: ContainerView = {
  id: "1",
  startedAt: "t1",
  service: "web",
  isJob: false,
  running: true,
  exitCode: 0,
  told: "a",
  powers: [],
  open: [],
  written: undefined,
  volumes: {},
};
const nothing: View = { containers: {}, networks: {}, volumes: {}, images: {}, odd: [] };
const host = (change: Partial<ContainerView>): View => ({
  ...nothing,
  containers: { "web-1": { ...web, ...change } },
});
const gap = (milliseconds: number): Gap[] => [{ service: "web", milliseconds }];

const replaced: Resource = { op: "replace", type: container, name: "web-1", of: "Container web-1" };
const STEP = " +- docker:index:Container web-1 replace\n";
const what = 'container "web-1"';

/** What is wrong where a preview prints lines, the review sees the same, and the Engine goes from one view to another. */
function found(
  lines: readonly string[],
  of: Partial<ToldRound>,
  step: Resource = replaced,
  tree = STEP,
): string[] {
  const verdict = lines.flatMap((line) => /^([a-z]+ "[^"]+"): ([a-z ]+): /.exec(line)?.slice(1) ?? []);
  const closing =
    verdict.length === 0
      ? []
      : [`verdict: ${verdict[1] ?? ""} of ${verdict[0] ?? ""}`.replace("now of", "now:")];
  const printed = [tree, ...[...lines, ...closing].map((line) => `    warning: ${line}`)].join("\n");
  const told = readTold(printed);
  const diagnostics = lines.map((message) => ({ message, severity: "warning" }));
  const none = new Set<string>();
  return untruths({
    review: review(preview([{ order: "start-first", ...step }], diagnostics)),
    preview: told,
    up: told,
    earlier: of.before ?? nothing,
    before: nothing,
    after: nothing,
    gaps: [],
    scope: "p-s",
    declared: { before: none, after: none },
    foreign: none,
    unapplied: none,
    ...of,
  }).map((each) => `${each.what}: ${each.text}`);
}

const outage = `${what}: brief outage: the old one stops first; nothing runs until it has stopped (at most 2 s) and the new one is healthy (at most 9 s)`;
const [old, anew] = [host({}), host({ id: "2" })];

test.each<[string, string[], Partial<ToldRound>]>([
  ["a replacement without an outage", [], { before: old, after: anew, gaps: gap(100) }],
  ["an outage within its bounds", [outage], { before: old, after: anew, gaps: gap(12_000) }],
  [
    "an outage that may be none",
    [outage.replace("the old one stops first", "it stops, maybe before its new container is ready")],
    { before: old, after: anew },
  ],
  [
    "one that is down now",
    [`${what}: down now: it was removed manually; this up starts it`],
    { earlier: old, before: nothing, after: anew },
  ],
  [
    "more power",
    [`${what}: privilege widened: runs privileged`],
    { before: old, after: host({ id: "2", powers: ["privileged"] }) },
  ],
])("%s, told and done, is no untruth", (_, lines, round) => {
  expect(found(lines, round)).toEqual([]);
});

test.each<[string, string[], Partial<ToldRound>, RegExp]>([
  ["a silent gap", [], { before: old, after: anew, gaps: gap(700) }, /happened unannounced: 0.70 s/],
  ["a gap that nobody sees", [outage], { before: old, after: anew }, /announced, and did not happen: 0.00 s/],
  [
    "a gap beyond its bounds",
    [outage],
    { before: old, after: anew, gaps: gap(22_000) },
    /22.00 s .* at most 11 s/,
  ],
  [
    "a silent open port",
    [],
    { before: old, after: host({ id: "2", open: ["0.0.0.0:80"] }) },
    /exposure widened/,
  ],
  [
    "a silent power",
    [],
    { before: old, after: host({ id: "2", powers: ["device /dev/x"] }) },
    /privilege widened/,
  ],
  [
    "a silent takeover",
    [],
    { before: old, after: anew, foreign: new Set(["web-1"]) },
    /unannounced: takeover/,
  ],
  ["one that is silently down", [], { earlier: old, before: nothing, after: anew }, /unannounced: down now/],
  ["a step that does nothing", [], { before: old, after: old }, /shows replace, and it stays/],
])("%s is found", (_, lines, round, expected) => {
  expect(found(lines, round)).toEqual([expect.stringMatching(expected)]);
});

test("a removal, a data loss and data left behind are reported", () => {
  const gone: Resource = { ...replaced, op: "delete" };
  const tree = STEP.replaceAll(/replace|\+-/g, (word) => (word === "+-" ? "-" : "delete"));
  const line = `${what}: permanent outage: it is no longer in the program`;
  expect(found([line], { before: old }, gone, tree)).toEqual([]);
  const lost: Resource = { op: "delete", type: volume, name: "data", of: "Volume data" };
  const of = {
    before: { ...nothing, volumes: { data: "1" } },
    declared: { before: new Set(["data"]), after: new Set<string>() },
  };
  expect(found(['volume "data": data loss: it is no longer in the program'], of, lost, "")).toEqual([]);
  const kept = { ...of, after: of.before };
  expect(
    found(
      ['volume "data": data left behind: it is no longer in the program'],
      kept,
      { ...lost, retained: true },
      "",
    ),
  ).toEqual([]);
});

test("a review that says less, a verdict that says less, and an up that says else are found", () => {
  const told = readTold(`${STEP}    warning: ${outage}\n`);
  const silent = readTold(STEP);
  const base = { before: old, after: anew, gaps: gap(700) };
  expect(
    found([outage], { ...base, review: review(preview([{ ...replaced, order: "start-first" }])) }),
  ).toEqual([expect.stringMatching(/^the review: /)]);
  expect(found([outage], { ...base, preview: told, up: told })).toEqual([
    expect.stringMatching(/its verdict: "nothing"/),
  ]);
  expect(found([outage], { ...base, up: silent })).toEqual([expect.stringMatching(/^the up: .*"nothing"/)]);
  expect(readTold(`    warning: ${outage}\n    warning: ${outage}\n`).repeated).toEqual([
    `${what}: brief outage`,
  ]);
});
