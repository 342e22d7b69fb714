/**
 * Every fixture that `docker stack config` accepts, planned for a Swarm: each key that Docker keeps is in the plan, or is told
 * about by name; or the fixture is on the list of differences with a reason.
 */

import { isDeepStrictEqual } from "node:util";

import { stackDifferences } from "../fixtures/stack-differences";
import { type Fixture, fixtures, samples } from "../support/fixtures";
import { inTwos } from "../support/oracle";
import { askStack, ownStack, type StackAnswer } from "../support/stack";
import { canonical, fileOf } from "../support/stack-words";

const all = [...fixtures, ...samples].filter(({ files }) => files.length > 0);
const answers = new Map<string, StackAnswer>();

beforeAll(async () => {
  await inTwos(all, async (fixture) => {
    answers.set(fixture.name, await askStack(fixture));
  });
}, 300_000);

/** Ours and theirs; undefined where one of the two refuses the file. */
function both(fixture: Fixture): { readonly ours: unknown; readonly theirs: unknown } | undefined {
  const config = answers.get(fixture.name)?.config;
  const { plan, told } = ownStack(fixture);
  if (config === undefined || plan === undefined) return undefined;
  return { ours: fileOf(plan), theirs: canonical(config, told, plan.stack) };
}

test("there are enough that both accept, and enough about deploy", () => {
  const compared = all.filter((fixture) => both(fixture) !== undefined).map(({ name }) => name);
  expect(compared.length).toBeGreaterThanOrEqual(150);
  expect(compared.filter((name) => name.startsWith("swarm-")).length).toBeGreaterThanOrEqual(40);
});

test.each(
  all.filter(({ name }) => !(name in stackDifferences)).map((fixture) => [fixture.name, fixture] as const),
)("%s", (_name, fixture) => {
  const compared = both(fixture);
  expect(compared?.ours).toStrictEqual(compared?.theirs);
});

test.each(Object.entries(stackDifferences))("%s differs: %s", (name) => {
  const fixture = all.find((each) => each.name === name);
  expect(fixture).toBeDefined();
  const compared = fixture && both(fixture);
  expect(compared).toBeDefined();
  expect(isDeepStrictEqual(compared?.ours, compared?.theirs)).toBe(false);
});
