/** The judge of the honesty test is itself judged: what is true passes, and every kind of lie is found. */

import fc from "fast-check";

import type { Review } from "../../../components/review/classify";
import { impact, type ImpactKind } from "../../../components/review/impact";
import { type Cell, consistent } from "./cell";
import { disagreements, OUTAGE_MS, type Round } from "./compare";
import { edited, kinds } from "./edits";
import { after, plansOf } from "./plan";
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
  written: "one",
  volumes: {},
};
const nothing: View = { containers: {}, networks: {}, volumes: {}, images: {}, odd: [] };
const host = (container: Partial<ContainerView>): View => ({
  ...nothing,
  containers: { "web-1": { ...web, ...container } },
});

function said(
  type: string,
  name: string,
  ...what: readonly (ImpactKind | `lasting ${ImpactKind}`)[]
): Review {
  const impacts = what.map((each) => {
    const lasts = each.startsWith("lasting ");
    const reason = type === "Job" ? "runs once more" : "";
    return { ...impact(each.replace("lasting ", "") as ImpactKind, reason, { lasts }), on: [name] };
  });
  const urn = `urn:pulumi:s::p::dockwright:index:${type}::${name}`;
  const component = {
    urn,
    title: name,
    name,
    operation: "same" as const,
    impacts,
    parts: [],
    source: undefined,
  };
  return {
    project: "p",
    stack: "s",
    components: what.length === 0 ? [] : [component],
    unchanged: 0,
    notes: [],
    blind: undefined,
  };
}

function found(round: Partial<Round> & Pick<Round, "review">): string[] {
  const none = new Set<string>();
  const whole = {
    before: nothing,
    earlier: round.before ?? nothing,
    after: nothing,
    gaps: [],
    scope: "p-s",
    declared: { before: none, after: none },
    ...round,
  };
  return disagreements(whole).map(({ what, text }) => `${what}: ${text}`);
}

const old = host({});
const anew = host({ id: "2", startedAt: "t2" });
const gap = (milliseconds: number): Round["gaps"] => [{ service: "web", milliseconds }];

test.each<[string, Round["review"], Partial<Round>]>([
  ["nothing", said("Container", "web-1"), { before: old, after: old }],
  [
    "a replacement without a gap",
    said("Container", "web-1", "replacement"),
    { before: old, after: anew, gaps: gap(OUTAGE_MS) },
  ],
  ["an outage", said("Container", "web-1", "outage"), { before: old, after: anew, gaps: gap(700) }],
  ["a removal", said("Container", "web-1", "lasting outage"), { before: old }],
  ["an addition", said("Container", "web-1", "addition"), { after: old }],
  ["a change in place", said("Container", "web-1", "in-place"), { before: old, after: host({ told: "b" }) }],
  [
    "a job that runs again",
    said("Job", "web-1", "in-place"),
    { before: host({ isJob: true, running: false }), after: host({ isJob: true, running: false, id: "2" }) },
  ],
  [
    "data that goes",
    said("Volume", "data", "data-loss"),
    {
      before: { ...nothing, volumes: { data: "made 1" } },
      declared: { before: new Set(["data"]), after: new Set() },
    },
  ],
])("%s, announced and done, is no disagreement", (_, review, round) => {
  expect(found({ review, ...round })).toEqual([]);
});

test.each<[string, Round["review"], Partial<Round>, RegExp]>([
  [
    "a silent replacement",
    said("Container", "web-1"),
    { before: old, after: anew },
    /unannounced: another container/,
  ],
  [
    "a silent restart",
    said("Container", "web-1"),
    { before: old, after: host({ startedAt: "t2" }) },
    /started again/,
  ],
  [
    "a silent change",
    said("Container", "web-1"),
    { before: old, after: host({ told: "b" }) },
    /unannounced: a change/,
  ],
  [
    "a replacement that is none",
    said("Container", "web-1", "replacement"),
    { before: old, after: old },
    /did not happen: another container/,
  ],
  [
    "a gap where none was announced",
    said("Container", "web-1", "replacement"),
    { before: old, after: anew, gaps: gap(700) },
    /unannounced: an outage of 700 ms/,
  ],
  [
    "an outage that nobody sees",
    said("Container", "web-1", "outage"),
    { before: old, after: anew },
    /did not happen: an outage/,
  ],
  ["a silent end", said("Container", "web-1"), { before: old }, /unannounced: nothing is left/],
  [
    "one that does not come back",
    said("Container", "web-1", "outage"),
    { before: old, after: host({ id: "2", running: false, exitCode: 3 }), gaps: gap(700) },
    /ended with 3/,
  ],
  [
    "more power",
    said("Container", "web-1", "replacement"),
    { before: old, after: host({ id: "2", powers: ["privileged"] }) },
    /unannounced: more power: privileged/,
  ],
  [
    "an open port",
    said("Container", "web-1", "replacement"),
    { before: old, after: host({ id: "2", open: ["0.0.0.0:80"] }) },
    /unannounced: open to others/,
  ],
  [
    "a changed secret",
    said("Container", "web-1", "replacement"),
    { before: old, after: host({ id: "2", written: "two" }) },
    /unannounced: a changed secret/,
  ],
  [
    "a secret that stays",
    said("Container", "web-1", "replacement", "secret-rotation"),
    { before: old, after: anew },
    /did not happen: a changed secret/,
  ],
  [
    "an emptied volume",
    said("Volume", "data"),
    { before: { ...nothing, volumes: { data: "1" } }, after: { ...nothing, volumes: { data: "2" } } },
    /unannounced: its data is lost/,
  ],
  [
    "a volume that stays",
    said("Volume", "data", "data-loss"),
    { before: { ...nothing, volumes: { data: "1" } }, after: { ...nothing, volumes: { data: "1" } } },
    /did not happen: its data is lost/,
  ],
  [
    "another network",
    said("BridgeNetwork", "net"),
    {
      before: { ...nothing, networks: { net: { id: "1", internal: true } } },
      after: { ...nothing, networks: { net: { id: "2", internal: true } } },
    },
    /unannounced: another network/,
  ],
  [
    "a silent build",
    said("Image", "app"),
    { before: { ...nothing, images: { app: ["a"] } }, after: { ...nothing, images: { app: ["a", "b"] } } },
    /unannounced: a new build/,
  ],
  [
    "a silent run",
    said("Job", "web-1"),
    { before: host({ isJob: true }), after: host({ isJob: true, id: "2" }) },
    /unannounced: another run/,
  ],
  [
    "a run that fails",
    said("Job", "web-1", "in-place"),
    { before: host({ isJob: true }), after: host({ isJob: true, id: "2", exitCode: 1 }) },
    /ended with 1/,
  ],
])("%s is found", (_, review, round, expected) => {
  expect(found({ review, ...round })).toEqual([expect.stringMatching(expected)]);
});

test("a seed gives the same edits each time, each kind equally often, on valid cells", () => {
  const size = { edits: 312, cells: 12, rounds: 9 };
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const plans = plansOf(seed, size);
      expect(plansOf(seed, size)).toEqual(plans);
      const all = plans.flatMap(({ rounds }) => rounds.flat());
      expect(all).toHaveLength(312);
      const counts = kinds.map((kind) => all.filter((each) => each.kind === kind).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      for (const { cells, rounds } of plans)
        for (const cell of rounds.reduce((now, round) => after(now, round), [...cells]))
          expect(consistent(cell)).toEqual(cell);
    }),
    { numRuns: 10 },
  );
});

test("each edit but one changes a cell that has everything", () => {
  const cell: Cell = {
    ...{
      name: "c1",
      image: 1,
      ignored: 1,
      replicas: 1,
      args: {},
      secret: 1,
      port: "fixed",
      mount: "read-write",
    },
    ...{ side: false, portAt: "main", renamed: 0, aliased: false, adopted: false },
    ...{ tmpfs: false, joins: true, network: { internal: false, subnet: undefined, label: 1, mtu: 1500 } },
    ...{
      volume: { whenDestroyed: "keep-data", label: 1, option: 1 },
      job: { command: 1, environment: 1, memoryMiB: 32 },
    },
  };
  const text = JSON.stringify(cell);
  // It starts first or stops first as before: it may not start first.
  expect(kinds.filter((kind) => JSON.stringify(edited(cell, kind, 77)) === text)).toEqual([
    "nothing",
    "container removed by hand",
    "container stopped by hand",
    "volume removed by hand",
    "update",
  ]);
});
