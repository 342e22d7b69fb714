/**
 * P6: Ctrl-C and kill, in the gap of a replacement and at random moments. A small bound of
 * `make faults ARGS="--scenario interrupt"`, see test/faults/interrupt. It needs root, for an Engine of its own.
 */

import { rmSync } from "node:fs";

import { FIRST } from "../faults/interrupt/cases";
import { interruptions } from "../faults/interrupt/interrupt";
import { PROJECT, STACK } from "../faults/pulumi";
import { Stage } from "../faults/walk/stage";
import { compileWalk } from "../faults/walk/walk";
import { nextVersion } from "../faults/walk/world";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(400_000);

describe("P6 a stop-first update of a container", () => {
  const compiled = compileWalk();
  let engine: SecondEngine;
  let stage: Stage;
  let world = FIRST;
  const gap = /Container web creat/;

  beforeAll(async () => {
    engine = await SecondEngine.start();
    const subject = { docker: engine.docker, project: PROJECT, stack: STACK };
    stage = new Stage(subject, () => Promise.resolve([]), compiled, `unix://${engine.socket}`);
    expect(await stage.converges(world)).toEqual([]);
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(compiled.folder, { recursive: true, force: true });
  });

  it("Ctrl-C during the outage: one version of everything serves, and the next up converges", async () => {
    const next = nextVersion(world);
    await stage.interrupted("up", next, { by: "Ctrl-C", at: gap });
    expect(await stage.serves(Object.keys(world.services), world, next)).toEqual([]);
    world = next;
    expect(await stage.converges(world, { ...world, services: {} })).toEqual([]);
  });

  it.each(["SIGINT", "Ctrl-C"] as const)(
    "%s after the outage: the stopped container serves again before Pulumi ends the program",
    async (by) => {
      const next = nextVersion(world);
      const run = await stage.interrupted("up", next, { by, at: /Container web replaced/ });
      expect(run.ended).not.toBe(0);
      expect(run.printed).toMatch(/container "web" was rolled back to \S+ \(the new one is kept, stopped/);
      expect(await stage.serves(Object.keys(world.services), world, next)).toEqual([]);
      world = next;
      expect(await stage.converges(world, { ...world, services: {} })).toEqual([]);
    },
  );

  it("killed during the outage: the command lists what is down and the next command, which converges", async () => {
    const next = nextVersion(world);
    const { printed } = await stage.interrupted("up", next, { by: "SIGKILL", at: gap });
    const down = (await stage.serves(Object.keys(world.services), world, next)).flatMap(
      (each) => /^of "(\w+)" 0 run/.exec(each)?.[1] ?? [],
    );
    for (const name of down)
      expect(printed).toMatch(new RegExp(`==> down: .*"${name}".*; next:  dockwright up --stack ${STACK}`));
    world = next;
    expect(await stage.converges(world, { ...world, services: {} })).toEqual([]);
  });
});

it("P6 at random times in an up, a replacement, a port move and a down", async () => {
  const lines: string[] = [];
  const results = await interruptions({ seed: 11, cases: 4 }, (line) => lines.push(line));
  expect(results.flatMap(({ problems }) => problems).length === 0 ? [] : lines).toEqual([]);
  expect(results).toHaveLength(4);
});
