/** The conflict checks of a run that are slower than a step can wait. */

import * as pulumi from "@pulumi/pulumi";

import { Conflicts } from "../../components/deployment/conflicts";
import { failUpdate } from "../../components/deployment/fail";
import type { HostView } from "../../components/deployment/look/host-view";

const component = Object.create(pulumi.Resource.prototype) as pulumi.Resource;
const run = {
  view: Promise.resolve({ freePort: undefined } as unknown as HostView),
  tasks: [] as Promise<unknown>[],
  fail: () => Promise.resolve(),
};

jest.mock("../../components/deployment/fail");
jest.mock("../../components/host/conflicts", () => ({ hostConflicts: () => [] }));

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it("P11 continues after 30 s, and says that the check is not complete", async () => {
  jest.useFakeTimers();
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
  const conflicts = new Conflicts();
  conflicts.add(run, component, () => new Promise(() => undefined));
  const judged = conflicts.judged;
  await jest.advanceTimersByTimeAsync(29_000);
  expect(warn).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1_500);
  await expect(judged).resolves.toBe(true);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toMatch(
    /^conflict check: not complete after 30 s, .* fails before it removes anything/,
  );
});

it("P11 a check that fails is a conflict: the run does not continue as if there were none", async () => {
  const refused: string[] = [];
  jest.mocked(failUpdate).mockImplementation((_parent, _name, text) => {
    refused.push(text);
    return Promise.resolve();
  });
  const conflicts = new Conflicts();
  conflicts.add(run, component, () => Promise.reject(new Error("HTTP code 500")));
  await expect(conflicts.judged).resolves.toBe(false);
  expect(refused).toEqual([
    expect.stringMatching(/^conflict check: it could not be completed: HTTP code 500\n {2}now/),
  ]);
});

it("is silent where the check completes in time", async () => {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
  const conflicts = new Conflicts();
  conflicts.add(run, component, () => []);
  await expect(conflicts.judged).resolves.toBe(true);
  expect(warn).not.toHaveBeenCalled();
});
