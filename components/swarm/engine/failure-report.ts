import type Docker from "dockerode";

import type { FailureReport } from "../../core/text/failure-report";
import type { LiveTask } from "../service/drift";
import { failureReportOf } from "../../container/health/engine";
import { linesOf, logOptions } from "../../engine/log";

/** A lost node does not return logs. */
const PATIENCE_MS = 5_000;

/** The failure report of a task: from its container if that is on this node, otherwise from the manager. */
export async function taskFailureReport(
  engine: Docker,
  task: LiveTask,
  image: string,
): Promise<FailureReport> {
  const { containerId = "", error, exitCode = 0 } = task;
  const here =
    containerId === "" ? undefined : await failureReportOf(engine, containerId).catch(() => undefined);
  if (here !== undefined) return here;
  const log = containerId === "" ? [] : await logOf(engine, task.id);
  return { image, status: task.state, exitCode, outOfMemory: false, error, restarts: 0, probes: [], log };
}

async function logOf(engine: Docker, task: string): Promise<string[]> {
  const asked = engine.getTask(task) as unknown as {
    logs(options: object): Promise<Buffer>;
  };
  try {
    const bytes = await asked.logs({ ...logOptions, abortSignal: AbortSignal.timeout(PATIENCE_MS) });
    return linesOf(bytes, false);
  } catch {
    // This must not hide the failure itself.
    return [];
  }
}
