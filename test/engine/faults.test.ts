/**
 * P6: disturbed at a call to the Engine, the next plain `up` converges; and a few steps of the random walk.
 * A small bound of what `make faults` does in full, see test/faults/run.ts. It needs root, for an Engine of its own.
 */

import { DeploymentUnderFire } from "../faults/deployment";
import { MODES } from "../faults/modes";
import { differences } from "../faults/observe";
import { callText } from "../faults/proxy";
import { randomWalk } from "../faults/walk/walk";

jest.setTimeout(400_000);

/** The call of each mode that hurts most. */
const worst = {
  kill: "POST /containers/create",
  drop: "POST /containers/ID/start",
  error: "POST /containers/ID/rename",
  delay: "POST /containers/ID/stop",
  restart: "POST /containers/create",
} as const;

describe("P6 a disturbed update", () => {
  let deployment: DeploymentUnderFire;
  beforeAll(async () => {
    deployment = await DeploymentUnderFire.start();
    await deployment.undisturbed();
  });
  afterAll(() => deployment.stop());

  it.each(MODES)("converges in the next plain up: %s", async (mode) => {
    const result = await deployment.disturbed(mode, worst[mode]);
    expect(result).toMatchObject({ converged: true, call: worst[mode] });
  });

  it("continues while a second run is refused with its name", async () => {
    const { first, second, problems } = await deployment.together();
    expect([first.ended, second.ended]).toEqual([0, 1]);
    expect(second.printed).toContain("stack test is locked by another run");
    expect(second.printed).toMatch(/next +wait for it, then run this command again/);
    expect(problems).toEqual([]);
  });
});

it("holds its invariants along a short walk", async () => {
  const lines: string[] = [];
  const result = await randomWalk({ seed: 20, steps: 5, stepsEach: 5 }, (line) => lines.push(line));
  expect({ ...result, said: result.failures.length === 0 ? [] : lines }).toMatchObject({
    steps: 5,
    failures: [],
    said: [],
  });
});

it("distinguishes two end states", () => {
  const wanted = { containers: { web: ["running"] }, volumes: ["data of monday"] };
  const got = { containers: { web: ["running"], api: ["exited"] }, volumes: ["data of tuesday"] };
  expect(differences(wanted, wanted)).toEqual([]);
  expect(differences(wanted, got)).toEqual([
    'containers.api: wanted nothing, got ["exited"]',
    'volumes.0: wanted "data of monday", got "data of tuesday"',
  ]);
});

it.each([
  ["/v1.41/containers/4f0c/json?size=1", "GET /containers/ID/json"],
  ["/containers/json?all=1", "GET /containers/json"],
  ["/v1.41/images/team/app:1/json", "GET /images/NAME/json"],
  ["/v1.41/networks/front/connect", "GET /networks/ID/connect"],
])("names the call %s", (url, name) => expect(callText("GET", url)).toBe(name));
