import type Docker from "dockerode";

import { sleep } from "../../core/sleep";
import { isMissing } from "../../engine/errors";
import { linesOf, logOptions } from "../../engine/log";
import { completesLabel } from "../live";
import type { FailureReport } from "../../core/text/failure-report";

const POLL_MILLISECONDS = 200;

/** The readiness goal of a container. */
export interface Readiness {
  /** True waits for its health check, false only until it is running; undefined waits if it has a health check. */
  readonly healthy: boolean | undefined;
  readonly timeoutSeconds: number;
}

/** The interval of progress messages. */
const REPORT_SECONDS = 5;

interface Waiting {
  /** Why the wait was cancelled, such as another failure. */
  readonly abandoned?: () => string | undefined;
  /** Shows progress. */
  readonly report?: (text: string) => void;
}

/** `unhealthy 12 s of 60 s, last probe: exit code 1`; the output of a probe can contain a secret. */
function waitingText(
  health:
    { readonly Status: string; readonly Log?: readonly { readonly ExitCode: number }[] | null } | undefined,
  seconds: number,
  of: number,
): string {
  const probe = health?.Log?.at(-1);
  const last = probe === undefined ? "no probe yet" : `last probe: exit code ${String(probe.ExitCode)}`;
  return `${health?.Status ?? "starting"} ${String(seconds)} s of ${String(of)} s, ${last}`;
}

/** Waits until a container is ready. Returns why it cannot become ready, or undefined on success. */
export async function waitUntilReady(
  engine: Docker,
  id: string,
  { healthy, timeoutSeconds }: Readiness,
  { abandoned = () => undefined, report = () => undefined }: Waiting = {},
): Promise<string | undefined> {
  const started = Date.now();
  let reported = 0;
  for (;;) {
    const left = abandoned();
    if (left !== undefined) return `waiting for it was cancelled, because ${left}`;
    const state = await stateOf(engine, id);
    const broken = failureOf(state);
    if (broken !== undefined) return broken;
    // It has completed.
    if (state?.State.Running === false) return undefined;
    const health = state?.State.Health?.Status;
    const checked = health !== undefined && health !== "none";
    if (healthy === false || health === "healthy" || (healthy === undefined && !checked)) return undefined;
    if (!checked) return "it has no health check to wait for";
    const waited = Math.floor((Date.now() - started) / 1000);
    if (waited - reported >= REPORT_SECONDS) {
      reported = waited;
      report(waitingText(state?.State.Health, waited, timeoutSeconds));
    }
    if (Date.now() - started > timeoutSeconds * 1000)
      return `it was not healthy within ${String(timeoutSeconds)} s (raise waitTimeoutSeconds if it needs longer)`;
    await sleep(POLL_MILLISECONDS);
  }
}

/** Watches a ready container until a point in time. Returns why it did not stay healthy, or undefined on success. */
export async function watchUntil(engine: Docker, id: string, until: number): Promise<string | undefined> {
  for (;;) {
    const broken = failureOf(await stateOf(engine, id));
    if (broken !== undefined) return `it was ready, and then ${broken.replace(/^it /, "")}`;
    const left = until - Date.now();
    if (left <= 0) return undefined;
    await sleep(Math.min(POLL_MILLISECONDS * 2, left));
  }
}

/** Why a container that was ready no longer is; undefined if it still is. */
export async function failureNow(engine: Docker, id: string): Promise<string | undefined> {
  return failureOf(await stateOf(engine, id));
}

/** Waits until a job has exited. Returns why it failed, or undefined on success. */
export async function waitUntilSucceeded(
  engine: Docker,
  id: string,
  timeoutSeconds: number,
): Promise<string | undefined> {
  const started = Date.now();
  for (;;) {
    const state = await stateOf(engine, id);
    if (state === undefined) return "it was removed while it was running";
    const { Status, ExitCode } = state.State;
    if (Status === "exited" || Status === "dead")
      return ExitCode === 0 ? undefined : `it exited with code ${String(ExitCode)}`;
    if (Date.now() - started > timeoutSeconds * 1000)
      return `it did not finish within ${String(timeoutSeconds)} s (raise timeoutSeconds if it needs longer) and was stopped`;
    await sleep(POLL_MILLISECONDS);
  }
}

type State = Docker.ContainerInspectInfo;

async function stateOf(engine: Docker, id: string): Promise<State | undefined> {
  try {
    return await engine.getContainer(id).inspect();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function failureOf(state: State | undefined): string | undefined {
  if (state === undefined) return "it was removed";
  const { Status, Running, ExitCode, Health } = state.State;
  if (Status === "exited" && ExitCode === 0 && completesLabel in state.Config.Labels) return undefined;
  // After a restart the Engine no longer has the exit code.
  if (state.RestartCount > 0 && Status === "running") return "it exited and was restarted";
  if (Status === "restarting" || !Running) return `it exited with code ${String(ExitCode)}`;
  if (Status === "paused") return "it was paused";
  return Health?.Status === "unhealthy" ? "it became unhealthy" : undefined;
}

/** The failure report of a container; undefined if it does not exist. */
export async function failureReportOf(engine: Docker, id: string): Promise<FailureReport | undefined> {
  const state = await stateOf(engine, id);
  if (state === undefined) return undefined;
  const { Status, ExitCode, OOMKilled, Error: said, Health } = state.State;
  return {
    image: state.Config.Image,
    status: Status,
    exitCode: ExitCode,
    outOfMemory: OOMKilled,
    error: said,
    restarts: state.RestartCount,
    probes: (Health?.Log ?? []).map(({ ExitCode: exitCode, Output: output }) => ({ exitCode, output })),
    log: await lastLines(engine, id, state.Config.Tty),
  };
}

async function lastLines(engine: Docker, id: string, tty: boolean): Promise<string[]> {
  try {
    return linesOf(await engine.getContainer(id).logs(logOptions), tty);
  } catch {
    // Some log drivers do not support reading; that must not hide the failure itself.
    return [];
  }
}
