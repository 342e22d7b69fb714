/** Every fixture and sample, loaded by dockwright and by Docker Compose: equal, or on the list of differences with a reason. */

import { differences } from "../fixtures/differences";
import { fixtures, samples } from "../support/fixtures";
import { type Answer, ask, inTwos } from "../support/oracle";
import { own } from "../support/own";

const all = [...fixtures, ...samples];
const answers = new Map<string, Answer>();

beforeAll(async () => {
  await inTwos(all, async (fixture) => {
    answers.set(fixture.name, await ask(fixture));
  });
}, 300_000);

test("there are enough of them, and each is asked about", () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(250);
  expect(answers.size).toBe(all.length);
  const accepted = [...answers.values()].filter(({ project }) => project !== undefined);
  expect(accepted.length).toBeGreaterThan(200);
});

test.each(
  all.filter(({ name }) => !(name in differences)).map((fixture) => [fixture.name, fixture] as const),
)("%s", (name, fixture) => {
  const { project, error } = own(fixture);
  const answer = answers.get(name);
  if (answer?.project === undefined) {
    expect(error).not.toBe("");
    expect(answer?.stderr).not.toBe("");
  } else {
    expect(error).toBe("");
    expect(project).toStrictEqual(answer.project);
  }
});

test.each(Object.entries(differences))("%s differs: %s", (name) => {
  const fixture = fixtures.find((each) => each.name === name);
  expect(fixture).toBeDefined();
  if (fixture === undefined) return;
  const { project, error } = own(fixture);
  expect(error).toBe("");
  expect(project).not.toEqual(answers.get(name)?.project);
});
