/** A failure is told when the former version serves again, not when the failed one has not ended yet. */

import type Docker from "dockerode";

import { awaitService } from "../../components/swarm/lifecycle/progress";

/** A manager that has rolled back: for some looks the task of the failed version still ends, then the former one runs. */
function rolledBack(looksUntilServed: number) {
  const seen = { looks: 0 };
  const at = new Date(0).toISOString();
  const task = (id: string, wanted: boolean, state: string) => ({
    ID: id,
    ServiceID: "web",
    Slot: 1,
    CreatedAt: at,
    DesiredState: wanted ? "running" : "shutdown",
    Status: { State: state, Timestamp: at },
  });
  const engine = {
    info: () => Promise.resolve({ SystemTime: new Date().toISOString() }),
    listServices: () =>
      Promise.resolve([
        {
          ID: "web",
          Version: { Index: 1 },
          Spec: { Name: "web" },
          UpdateStatus: { State: "rollback_completed", Message: "rollback completed" },
          ServiceStatus: { RunningTasks: 1, DesiredTasks: 1 },
        },
      ]),
    listTasks: ({ filters }: { filters: object }) => {
      const current = "_up-to-date" in filters;
      if (!current) seen.looks++;
      const served = seen.looks > looksUntilServed;
      const former = task("former", true, served ? "running" : "starting");
      return Promise.resolve(current ? [former] : [task("failed", false, "running"), former]);
    },
  };
  return { engine: engine as unknown as Docker, seen };
}

it("waits for a task of the desired state, even if old tasks still run", async () => {
  const { engine, seen } = rolledBack(3);
  const goal = { replicas: 1, monitorSeconds: 1, maxFailureRatio: 0, timeoutSeconds: 30 };
  const failure = await awaitService(engine, "web", goal, { startedAt: Date.now(), earlier: new Set() });
  expect(failure).toMatchObject({
    rolledBack: true,
    why: expect.stringMatching(/rolled it back/) as unknown,
  });
  expect(seen.looks).toBe(4);
});
