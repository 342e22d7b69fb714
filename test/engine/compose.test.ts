/** A deployed stack is a project to the real Docker Compose: `ps`, `ls`, `logs`, `exec`, `stop` and `start` work on it. */

import { BridgeNetwork, Container, Image, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";

jest.setTimeout(300_000);

const stack = new Deployment("compose");
const names = ["db", "web-1", "web-2"].map((name) => `${stack.scope}-${name}`);
const compose = (...args: string[]): string => docker("compose", "-p", stack.scope, ...args);
const live = (key: "Id" | "Status") =>
  names.map((name) => (key === "Id" ? inspect(name).Id : inspect(name).State.Status));

const program = async () => {
  const image = new Image("base", { reference: "debian:bookworm-slim" });
  const network = new BridgeNetwork("net");
  const volume = new Volume("data", { protect: false });
  const common = { image, networks: [network], stopGraceSeconds: 2 };
  const say = (words: string) => ["sh", "-c", `echo ${words}; trap exit TERM; while :; do sleep 0.1; done`];
  new Container("db", { ...common, command: say("the database"), mounts: [{ volume, path: "/data" }] });
  for (const replica of [1, 2]) {
    new Container(`web-${String(replica)}`, {
      ...common,
      command: say(`web number ${String(replica)}`),
      service: "web",
      replica,
    });
  }
  await Promise.resolve();
};

interface Listed {
  readonly Name: string;
  readonly Service: string;
  readonly State: string;
}

beforeAll(() => stack.up(program));
afterAll(() => stack.cleanUp());

const listed = (...args: string[]): Listed[] =>
  compose("ps", "--format", "json", ...args)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Listed)
    .sort((a, b) => a.Name.localeCompare(b.Name));

test("ls shows the stack as a running project", () => {
  const projects = JSON.parse(docker("compose", "ls", "--format", "json")) as {
    Name: string;
    Status: string;
  }[];
  expect(projects.find(({ Name }) => Name === stack.scope)).toMatchObject({ Status: "running(3)" });
});

test("ps lists the containers by service", () => {
  expect(listed().map(({ Name, Service, State }) => [Name, Service, State])).toEqual([
    [names[0], "db", "running"],
    [names[1], "web", "running"],
    [names[2], "web", "running"],
  ]);
  expect(listed("db").map(({ Name }) => Name)).toEqual([names[0]]);
  expect(compose("ps", "--services").split("\n").sort()).toEqual(["db", "web"]);
});

test("logs shows what each container of a service wrote", () => {
  const lines = compose("logs", "--no-color", "web").split("\n").sort();
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^.*web-1\s+\| web number 1$/);
  expect(lines[1]).toMatch(/^.*web-2\s+\| web number 2$/);
});

test("exec runs in the container of a service and number", () => {
  const id = compose("exec", "-T", "--index", "2", "web", "hostname");
  expect(inspect(names[2] ?? "").Id.startsWith(id)).toBe(true);
  expect(compose("exec", "-T", "db", "sh", "-c", "echo kept > /data/file && cat /data/file")).toBe("kept");
});

test("stop and start work on the same containers, and leave the stack with nothing to do", async () => {
  const before = live("Id");
  compose("stop", "web");
  expect(live("Status")).toEqual(["running", "exited", "exited"]);
  expect(names.slice(1).map((name) => inspect(name).State.ExitCode)).toEqual([0, 0]);
  compose("start", "web");
  expect(live("Status")).toEqual(["running", "running", "running"]);
  expect(live("Id")).toEqual(before);
  expect(await stack.preview(program, { refresh: true })).toEqual({});
});

test("P2 what was stopped is shown by a preview, and runs again after an up", async () => {
  const before = live("Id");
  compose("stop");
  expect(live("Status")).toEqual(["exited", "exited", "exited"]);
  expect(Object.values(await stack.preview(program))).toEqual(["replace", "replace", "replace"]);
  expect(stack.printed).toContain("is stopped (Exited");
  await stack.up(program);
  expect(live("Status")).toEqual(["running", "running", "running"]);
  expect(live("Id")).not.toEqual(before);
});
