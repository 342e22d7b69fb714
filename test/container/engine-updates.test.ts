/** What the Engine's update call sets, and how a change of it is seen. */

import { engineUpdatesOf, toldBelow, updateLabels } from "../../components/container/inputs";
import type { ContainerArgs } from "../../components/container/args";
import { updateDrift } from "../../components/container/engine-updates";

const args = (given: Partial<ContainerArgs>): ContainerArgs => given as ContainerArgs;

test("the default is set and needs no label", () => {
  expect(engineUpdatesOf(args({}))).toEqual({ PidsLimit: 4096 });
  expect(updateLabels(args({}))).toEqual({});
  expect(updateLabels(args({ pidsLimit: 4096 }))).toEqual({});
});

test("another value is set, and its label shows the provider that it changed", () => {
  expect(engineUpdatesOf(args({ pidsLimit: -1 }))).toEqual({ PidsLimit: -1 });
  expect(updateLabels(args({ pidsLimit: 77 }))).toEqual({ "io.dockwright.pids-limit": "77" });
});

test("a service gets the same limits", () => {
  const limits = "TaskTemplate.Resources.Limits";
  expect(toldBelow(limits, { memoryMiB: 1, cpus: 0.5, pidsLimit: -1 })).toEqual({
    MemoryBytes: 2 ** 20,
    NanoCPUs: 5e8,
    Pids: 0,
  });
});

test("what is set otherwise on the host is named with both values", () => {
  expect(updateDrift("web", { PidsLimit: 77 }, { PidsLimit: 77 })).toBeUndefined();
  expect(updateDrift("web", { PidsLimit: 77 }, { PidsLimit: 99 })).toBe(
    "web has PidsLimit 99 instead of 77; it is replaced",
  );
});
