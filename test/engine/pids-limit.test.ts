/** A limit of processes, which the provider has no input for: set right after the creation, and seen when it drifts. */

import { execFileSync } from "node:child_process";
import { Container, Image, Job } from "../../components";
import { Deployment } from "./support/deployment";
import { inspect } from "./support/docker";

jest.setTimeout(600_000);

const limitOf = (name: string): unknown => (inspect(name).HostConfig as { PidsLimit?: unknown }).PidsLimit;

describe("P2 the limit of processes matches the program", () => {
  const deployment = new Deployment("pids");
  const program = (pidsLimit?: number) => async (): Promise<void> => {
    const image = new Image("app", { reference: "debian:bookworm-slim" });
    const command = ["sh", "-c", "trap exit TERM; while :; do sleep 0.2; done"];
    new Container("usual", { image, command, stopGraceSeconds: 1, monitorSeconds: 0 });
    new Container("given", { image, command, stopGraceSeconds: 1, monitorSeconds: 0, pidsLimit });
    new Job("once", { image, command: ["true"], pidsLimit: 33 });
    await Promise.resolve();
  };
  const named = (name: string): string => `${deployment.scope}-${name}`;
  afterAll(() => deployment.cleanUp());

  it("has a high default, and no limit only on request", async () => {
    await deployment.up(program(-1));
    expect(limitOf(named("usual"))).toBe(4096);
    expect([null, 0, -1]).toContain(limitOf(named("given")));
    expect(limitOf(named("once"))).toBe(33);
    expect(await deployment.preview(program(-1))).toEqual({});
    expect((await deployment.up(program(-1))).steps).toEqual({});
    expect(await deployment.preview(program(-1), { refresh: true })).toEqual({});
  });

  it("replaces the container when it changes", async () => {
    await deployment.up(program(77));
    expect(limitOf(named("given"))).toBe(77);
    expect(await deployment.preview(program(77))).toEqual({});
  });

  it("is detected if it is changed manually, and reset", async () => {
    const before = inspect(named("given")).Id;
    execFileSync("docker", ["update", "--pids-limit", "99", named("given")], { stdio: "ignore" });
    expect(await deployment.preview(program(77))).toEqual({ "Container given": "replace" });
    expect(deployment.printed).toMatch(/has PidsLimit 99 instead of 77; it is replaced/);
    await deployment.up(program(77));
    expect(limitOf(named("given"))).toBe(77);
    expect(inspect(named("given")).Id).not.toBe(before);
    expect((await deployment.up(program(77))).steps).toEqual({});
  });
});
