/** What an `up` that was cut short leaves down is said in the same terminal, with the command that starts it again. */

import { downOf, downText } from "../../components/cli/recovery/standing";
import type { ExportedStack, Recorded } from "../../components/cli/recovery/state";
import type { HostContainer } from "../../components/container/live";

const labels = (name: string, kind = "container", identity = "mine"): Record<string, string> => ({
  "io.dockwright.kind": kind,
  "io.dockwright.name": name,
  "io.dockwright.identity": identity,
});

const recorded = (name: string, rest: Partial<Recorded> = {}, kind?: string): Recorded => ({
  urn: `urn:pulumi:dev::p::docker:index/container:Container::${name}`,
  type: "docker:index/container:Container",
  id: `id-of-${name}`,
  inputs: { labels: Object.entries(labels(name, kind)).map(([label, value]) => ({ label, value })) },
  ...rest,
});

const live = (of: string, name: string, state: HostContainer["state"], identity = "mine"): HostContainer => ({
  id: name,
  name,
  of,
  state,
  status: "",
  created: name.endsWith("new") ? 2 : 1,
  labels: labels(of, "container", identity),
  generation: undefined,
  networkIds: [],
  networks: [],
  addresses: [],
  volumes: [],
  bindings: [],
});

const state = (resources: Recorded[], pending: [string, Recorded][] = []): ExportedStack => ({
  deployment: { resources, pending_operations: pending.map(([type, resource]) => ({ type, resource })) },
});

test("a container that was stopped for one that never came is down, by the name of the one that served", () => {
  const all = [live("web", "p-dev-web-old-1", "exited"), live("web", "p-dev-web-new", "created")];
  expect(downOf(state([recorded("web")]), all)).toEqual([{ name: "web", stopped: "p-dev-web-old-1" }]);
});

test("running containers, those of another state, jobs and removed components are not down", () => {
  const of = state(
    [
      recorded("web"),
      recorded("seed", {}, "job"),
      recorded("old", { delete: true }),
      recorded("gone"),
      recorded("lost"),
    ],
    [["deleting", recorded("gone")]],
  );
  const all = [live("web", "web", "running"), live("lost", "lost", "running", "another")];
  expect(downOf(of, all)).toEqual([{ name: "lost", stopped: undefined }]);
});

test("one that was begun and is recorded nowhere counts; kept failures are not started again", () => {
  const all = [live("web", "web-failed-a1b2c3", "exited")];
  expect(downOf(state([], [["creating", recorded("web")]]), all)).toEqual([
    { name: "web", stopped: undefined },
  ]);
});

test("the text names the next command, with the stack where one was given", () => {
  expect(downText({ name: "web", stopped: "p-web" }, "prod")).toBe(
    'container "web" is stopped; next:  dockwright up --stack prod   (or, to start p-web unchanged:  docker start p-web)',
  );
  expect(downText({ name: "web", stopped: undefined }, undefined)).toBe(
    'no container of "web" is on the host; next:  dockwright up',
  );
});
