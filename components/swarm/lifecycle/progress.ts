/** Waits until a service reaches its desired state, and returns why it fails. */

import type Docker from "dockerode";

import { sleep } from "../../core/sleep";
import { rollBack } from "../engine/swarm";
import { taskFailureReport } from "../engine/failure-report";
import { clockAhead, serviceById, tasksOf } from "../engine/watch";
import type { FailureReport } from "../../core/text/failure-report";
import { endedAmong, failureOf, type Goal, progressOf } from "../service/progress";

const POLL_MILLISECONDS = 500;

export interface Failure {
  readonly why: string;
  readonly failureReport?: FailureReport | undefined;
  readonly rolledBack: boolean;
}

/** The service before the update. */
interface Beginning {
  readonly startedAt: number;
  /** The ids of the tasks that had already ended. */
  readonly earlier: ReadonlySet<string>;
}

export async function begin(engine: Docker, id: string): Promise<Beginning> {
  return { startedAt: Date.now(), earlier: endedAmong(await tasksOf(engine, id)) };
}

/** Waits until a service reaches its goal. Returns why it does not; undefined on success. */
export async function awaitService(
  engine: Docker,
  id: string,
  goal: Goal & { readonly timeoutSeconds: number },
  { startedAt, earlier }: Beginning,
): Promise<Failure | undefined> {
  const ahead = await clockAhead(engine);
  let failureReport: FailureReport | undefined;
  let first: string | undefined;
  let late: string | undefined;
  let deadline = Date.now() + goal.timeoutSeconds * 1000;
  for (;;) {
    const service = await serviceById(engine, id);
    if (service === undefined) return { why: "it was removed manually", failureReport, rolledBack: false };
    const tasks = await tasksOf(engine, id);
    const progress = progressOf(goal, {
      update: service.update,
      tasks,
      earlier,
      began: startedAt + ahead,
      now: Date.now() + ahead,
    });
    if ("done" in progress) return undefined;
    const [failed] = progress.failures;
    if (failed !== undefined && failureReport === undefined) {
      first = failureOf(failed);
      // At once: Swarm removes failed tasks after a few more attempts.
      failureReport = await taskFailureReport(engine, failed, imageOf(service.spec));
    }
    const rolledBack = service.update?.state.startsWith("rollback") === true;
    if ("failed" in progress) {
      if (rolledBack) await awaitFormer(engine, id);
      const why = [late, first, progress.failed].filter((each) => each !== undefined);
      return { why: [...new Set(why)].join("; "), failureReport, rolledBack };
    }
    if (Date.now() > deadline) {
      late ??= `it did not reach the desired state within ${String(goal.timeoutSeconds)} s: ${progress.waiting} (raise waitTimeoutSeconds if it needs longer)`;
      if (service.update?.state !== "updating") return { why: late, failureReport, rolledBack };
      // Swarm itself would wait forever. The rollback gets the same time.
      await rollBack(engine, service);
      deadline = Date.now() + goal.timeoutSeconds * 1000;
    }
    await sleep(POLL_MILLISECONDS);
  }
}

/** How long the tasks of the previous version get to run again before the failure is reported. */
const FORMER_MILLISECONDS = 60_000;

/** Swarm reports a rollback as complete when its last task was started, not when it runs. */
async function awaitFormer(engine: Docker, id: string): Promise<void> {
  const until = Date.now() + FORMER_MILLISECONDS;
  for (;;) {
    const service = await serviceById(engine, id);
    if (service === undefined || Date.now() > until) return;
    // Swarm's count includes tasks that still run although they should stop.
    const running = (await tasksOf(engine, id)).filter(({ wanted, state }) => wanted && state === "running");
    if (running.length >= service.desired) return;
    await sleep(POLL_MILLISECONDS);
  }
}

function imageOf(spec: object): string {
  const { TaskTemplate } = spec as { TaskTemplate?: { ContainerSpec?: { Image?: string } } };
  return TaskTemplate?.ContainerSpec?.Image ?? "";
}
