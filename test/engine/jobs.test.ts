/** P4 for what runs to its end: a job that fails fails the `up`, and runs again; one that ended well does not. */

import { Container, type ContainerArgs, Image, Job, type JobArgs, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, inspect } from "./support/docker";

jest.setTimeout(300_000);

const stack = new Deployment("jobs");
afterAll(() => stack.cleanUp());

/** A job that counts its runs in a volume, and a service that comes after it. */
const program =
  (script: string, extra: Partial<JobArgs> = {}) =>
  async (): Promise<void> => {
    const image = new Image("base", { reference: "debian:bookworm-slim" });
    const data = new Volume("data", { protect: false });
    const job = new Job("migration", {
      image,
      command: ["sh", "-c", `echo run >> /data/runs; ${script}`],
      mounts: [{ volume: data, path: "/data" }],
      stopGraceSeconds: 1,
      ...extra,
    });
    new Container(
      "service",
      { image, command: ["sleep", "1000"], monitorSeconds: 0, stopGraceSeconds: 1 },
      { dependsOn: job },
    );
    await Promise.resolve();
  };

const runs = (): number =>
  docker("run", "--rm", "-v", `${stack.scope}-data:/data`, "debian:bookworm-slim", "cat", "/data/runs").split(
    "\n",
  ).length;
const names = (): string[] =>
  docker("ps", "-a", "--filter", `label=com.docker.compose.project=${stack.scope}`, "--format", "{{.Names}}")
    .split("\n")
    .sort();
const failure = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "green",
    (error: unknown) => String(error),
  );

it("P4 a failed job fails the up with its log, and its dependents do not start", async () => {
  const told = await failure(stack.up(program("echo no table users; exit 3")));
  expect(told).toContain('job "migration": it exited with code 3');
  expect(told).toContain("| no table users");
  expect(runs()).toBe(1);
  expect(names()).toEqual([expect.stringContaining("-migration-failed-")]);
});

it("P4 the next up runs it again, and fails again", async () => {
  expect(await failure(stack.up(program("echo no table users; exit 3")))).toContain("exited with code 3");
  expect(runs()).toBe(2);
});

it("runs once if it succeeds, before the service", async () => {
  await stack.up(program("sleep 1"));
  expect(runs()).toBe(3);
  expect(names()).toEqual([`${stack.scope}-migration`, `${stack.scope}-service`]);
  const ended = inspect(`${stack.scope}-migration`).State as { FinishedAt?: string } & { StartedAt: string };
  expect(Date.parse(ended.FinishedAt ?? "")).toBeLessThan(
    Date.parse(inspect(`${stack.scope}-service`).State.StartedAt),
  );
});

it("P1 does not run again, even with a refresh or after its container was removed", async () => {
  expect((await stack.up(program("sleep 1"))).steps).toEqual({});
  expect((await stack.up(program("sleep 1"), { refresh: true })).steps).toEqual({});
  docker("rm", `${stack.scope}-migration`);
  expect((await stack.up(program("sleep 1"))).steps).toEqual({});
  expect(runs()).toBe(3);
});

it("P2 runs again when its command changes, as the preview says", async () => {
  expect(await stack.preview(program("sleep 0.5"))).toEqual({ "Container migration": "replace" });
  await stack.up(program("sleep 0.5"));
  expect(runs()).toBe(4);
});

it("P4 is stopped after its timeout", async () => {
  const told = await failure(stack.up(program("sleep 600", { timeoutSeconds: 2 })));
  expect(told).toContain("it did not finish within 2 s (raise timeoutSeconds if it needs longer)");
  expect(docker("ps", "-q", "--filter", "label=io.dockwright.name=migration")).toBe("");
  expect(inspect(`${stack.scope}-service`).State.Status).toBe("running");
});

describe("a container that may complete, which others do not wait for", () => {
  const one = new Deployment("completes");
  const name = `${one.scope}-bucket`;
  const bucket =
    (script: string, more: Partial<ContainerArgs> = {}) =>
    async () => {
      const image = new Image("base", { reference: "debian:bookworm-slim" });
      const args = {
        image,
        stopGraceSeconds: 1,
        monitorSeconds: 2,
        restart: "no",
        mayComplete: true,
      } as const;
      new Container("bucket", { ...args, command: ["sh", "-c", script], ...more });
      await Promise.resolve();
    };
  afterAll(() => one.cleanUp());

  it("P4 exit code 0 is a success, at once or later, and the next up does not start it again", async () => {
    await one.up(bucket("true"));
    const { Id, State } = inspect(name);
    expect([State.Status, State.ExitCode]).toEqual(["exited", 0]);
    expect(await one.preview(bucket("true"))).toEqual({});
    expect((await one.up(bucket("true"))).steps).toEqual({});
    expect(inspect(name).Id).toBe(Id);
    await one.up(bucket("sleep 1"));
    expect(inspect(name).Id).not.toBe(Id);
  });

  it("P4 any other code fails the up, and the one before stays", async () => {
    const before = inspect(name).Id;
    await expect(one.up(bucket("exit 3"))).rejects.toThrow("it exited with code 3");
    expect(inspect(name).Id).toBe(before);
    await one.up(bucket("exit 0"));
    expect(docker("ps", "-a", "--filter", `name=${name}`, "--format", "{{.Names}}")).toBe(name);
  });

  it("P4 without the argument, an end stays a failure", async () => {
    await expect(one.up(bucket("true", { mayComplete: false }))).rejects.toThrow("it exited with code 0");
    await one.up(bucket("true"));
  });
});
