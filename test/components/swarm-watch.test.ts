/** Many services of a swarm are awaited together: what the manager is asked does not grow with how many there are. */

import type Docker from "dockerode";

import { serviceByName } from "../../components/swarm/engine/swarm";
import { tasksOf } from "../../components/swarm/engine/watch";
import { awaitService } from "../../components/swarm/lifecycle/progress";

interface Filters {
  readonly id?: readonly string[];
  readonly name?: readonly string[];
  readonly service?: readonly string[];
}

/** A manager whose tasks run from its second look on, and which counts its questions. */
function manager(services: readonly string[], gone: readonly string[] = []) {
  const asked = { services: 0, told: 0, tasks: 0, clock: 0 };
  let looks = 0;
  const long = new Date(Date.now() - 3_600_000).toISOString();
  const engine = {
    info: () => Promise.resolve({ SystemTime: new Date(Date.now() + (asked.clock++, 0)).toISOString() }),
    listServices: ({ filters: { id, name } }: { filters: Filters }) => {
      asked.services++;
      const found = services.filter(
        (each) => (id?.includes(each) ?? true) && (name?.some((begin) => each.startsWith(begin)) ?? true),
      );
      asked.told += found.length;
      return Promise.resolve(
        found.map((each) => ({ ID: each, Version: { Index: 1 }, Spec: { Name: each, Labels: null } })),
      );
    },
    listTasks: ({ filters: { service = [] } }: { filters: Filters }) => {
      asked.tasks++;
      if (service.some((each) => gone.includes(each)))
        return Promise.reject(Object.assign(new Error("no such service"), { statusCode: 404 }));
      const state = looks++ < 4 ? "starting" : "running";
      return Promise.resolve(
        service.map((each) => ({
          ID: `task-of-${each}`,
          ServiceID: each,
          Slot: 1,
          CreatedAt: long,
          DesiredState: "running",
          Status: { State: state, Timestamp: long },
        })),
      );
    },
  };
  return { engine: engine as unknown as Docker, asked };
}

const goal = { replicas: 1, monitorSeconds: 5, maxFailureRatio: 0, timeoutSeconds: 60 };
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `service-${at}`);

it("awaits a hundred services with a handful of questions", async () => {
  const services = names(100);
  const { engine, asked } = manager(services);
  const beginning = { startedAt: Date.now(), earlier: new Set<string>() };
  const outcomes = await Promise.all(services.map((each) => awaitService(engine, each, goal, beginning)));
  expect(outcomes.filter((each) => each !== undefined)).toEqual([]);
  expect(asked.clock).toBe(1);
  expect(asked.services).toBeLessThan(10);
  expect(asked.tasks).toBeLessThan(20);
});

it("asks for no more than a hundred at once", async () => {
  const services = names(250);
  const { engine, asked } = manager(services);
  const found = await Promise.all(services.map((each) => tasksOf(engine, each)));
  expect(found.map((tasks) => tasks.map(({ id }) => id))).toEqual(
    services.map((each) => [`task-of-${each}`]),
  );
  // The first is read by itself; for the others three parts, each all and up to date.
  expect(asked.tasks).toBeLessThanOrEqual(2 + 6);
});

it("finds the tasks of the others where one service was removed meanwhile", async () => {
  const services = names(40);
  const { engine } = manager(services, ["service-17"]);
  const found = await Promise.all(services.map((each) => tasksOf(engine, each)));
  expect(services.filter((_, at) => found[at]?.length !== 1)).toEqual(["service-17"]);
});

it("returns the one service with a name", async () => {
  const { engine, asked } = manager(names(500));
  expect((await serviceByName(engine, "service-77"))?.id).toBe("service-77");
  expect(asked.told).toBe(1);
});
