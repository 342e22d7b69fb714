/** How far a service has come, and whether it is what was declared: judged without an Engine. */

import { type LiveTask, serviceTrouble, specDrift } from "../../components/swarm/service/drift";
import { type Goal, progressOf } from "../../components/swarm/service/progress";

const goal: Goal = { replicas: 2, monitorSeconds: 5, maxFailureRatio: 0 };
const task = (given: Partial<LiveTask>): LiveTask => ({
  id: "t",
  slot: "1",
  node: "n",
  state: "running",
  wanted: true,
  current: true,
  error: "",
  exitCode: undefined,
  containerId: undefined,
  createdAt: 0,
  since: 0,
  ...given,
});
const both = (given: Partial<LiveTask> = {}) => [
  task({ slot: "1", ...given }),
  task({ slot: "2", ...given }),
];
const judge = (tasks: LiveTask[], update?: string, given: Partial<Goal> = {}, now = 10_000) =>
  progressOf(
    { ...goal, ...given },
    {
      update: update === undefined ? undefined : ({ state: update, message: "said" } as never),
      tasks,
      earlier: new Set(["earlier"]),
      began: 1000,
      now,
    },
  );

test.each([
  ["all run and have lasted", judge(both()), { done: true }],
  [
    "all run, not yet for long",
    judge(both({ since: 9000 })),
    { waiting: expect.stringMatching(/until they stay healthy/) as unknown },
  ],
  ["one is missing", judge([task({})]), { waiting: "1 of 2 tasks run" }],
  ["an old one runs", judge(both({ current: false })), { waiting: "0 of 2 tasks run" }],
  ["an update that is over has been monitored", judge(both({ since: 9000 }), "completed"), { done: true }],
  ["an update is under way", judge(both(), "updating"), { waiting: "2 of 2 tasks run" }],
  ["it was rolled back", judge(both(), "rollback_completed"), { failed: "Swarm rolled it back (said)" }],
  ["it was paused", judge(both(), "paused"), { failed: "Swarm paused it (said)" }],
  [
    "a task ended",
    judge([
      ...both(),
      task({ state: "failed", wanted: false, since: 2000, exitCode: 3, error: "non-zero exit (3)" }),
    ]),
    { failed: "a task ended with exit code 3 (non-zero exit (3))" },
  ],
  [
    "a task ended before it began",
    judge([...both(), task({ id: "earlier", state: "failed", wanted: false, since: 2000, exitCode: 3 })]),
    { done: true },
  ],
  [
    "as many may fail",
    judge([...both(), task({ state: "failed", wanted: false, since: 2000 })], undefined, {
      maxFailureRatio: 0.5,
    }),
    { done: true },
  ],
  [
    "a task waits",
    judge([task({}), task({ slot: "2", state: "pending", error: "no suitable node" })]),
    { waiting: "1 of 2 tasks run; one waits: no suitable node" },
  ],
  [
    "no node is fit",
    judge([], undefined, { replicas: undefined }, 12_000),
    { failed: "no node meets its placement" },
  ],
  [
    "no node has one yet",
    judge([], undefined, { replicas: undefined }, 5000),
    { waiting: "no node has a task yet" },
  ],
  ["one on each node", judge(both(), undefined, { replicas: undefined }), { done: true }],
  ["none is wanted", judge([], undefined, { replicas: 0 }), { done: true }],
])("%s", (_name, found, expected) => {
  expect(found).toMatchObject(expected);
});

test("equivalent values for the Engine are not a difference, and every other difference is reported with its path", () => {
  const declared = {
    Labels: { a: "1" },
    Mode: { Replicated: { Replicas: 2 } },
    TaskTemplate: { ContainerSpec: { Hosts: [] } },
  };
  const live = {
    Labels: { a: "1", "io.dockwright.attempt": "x" },
    Mode: { Replicated: { Replicas: 2 } },
    TaskTemplate: { ContainerSpec: { Isolation: "default" }, ForceUpdate: 3, Runtime: "container" },
  };
  expect(specDrift(declared, live)).toEqual([]);
  expect(specDrift(declared, { ...live, Mode: { Replicated: { Replicas: 3 } }, Labels: {} })).toEqual([
    "Labels.a",
    "Mode.Replicated.Replicas",
  ]);
});

test("errors of tasks are reported", () => {
  const live = {
    id: "i",
    name: "web",
    labels: {},
    version: 1,
    spec: {},
    update: undefined,
    ports: [],
    running: 1,
    desired: 2,
  };
  expect(serviceTrouble(live)).toMatch(/1 of 2 tasks/);
  expect(serviceTrouble({ ...live, running: 2 })).toBeUndefined();
  expect(serviceTrouble({ ...live, update: { state: "rollback_completed", message: "" } })).toMatch(
    /rolled back/,
  );
});
