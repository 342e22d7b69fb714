/**
 * Containers that are being stopped. The Engine finishes a stop whose client has ended: a container that a killed run was stopping
 * may exit after the next run has seen it running.
 */

import { constants } from "node:os";
import { text } from "node:stream/consumers";

import type Docker from "dockerode";

import { isMissing } from "../../../engine/errors";

/** The assumed maximum grace period, unless the container has a longer one. */
const LOOK_BACK_SECONDS = 600;
/** Docker's default grace period, in seconds. */
const DEFAULT_GRACE = 10;
/** The time from the kill at the end of the grace period to the exit of the container. */
const SPARE_SECONDS = 5;

/** Ids of the containers with a label whose last event is a signal. @param now of the Engine's clock, in milliseconds */
async function signalled(engine: Docker, label: string, now: number): Promise<Map<string, ContainerEvent>> {
  const stream = await engine.getEvents({
    since: String(Math.floor(now / 1000) - LOOK_BACK_SECONDS),
    until: (now / 1000).toFixed(3),
    filters: { type: ["container"], label: [label], event: ["start", "kill", "die"] },
  } as object);
  const last = new Map<string, ContainerEvent>();
  for (const line of (await text(stream)).split("\n").filter(Boolean)) {
    const event = JSON.parse(line) as ContainerEvent;
    last.set(event.Actor.ID, event);
  }
  return new Map([...last].filter(([, { Action }]) => Action === "kill"));
}

/**
 * Waits until containers with a label that are being stopped have exited, each for its grace period. Returns whether there were any.
 * @param now of the Engine's clock, in milliseconds
 */
export async function awaitStops(engine: Docker, label: string, now: number): Promise<boolean> {
  const waits = await Promise.all(
    [...(await signalled(engine, label, now))].map(([id, event]) =>
      awaitStop(engine, id, event, now).catch((error: unknown) => {
        if (isMissing(error)) return true;
        throw error;
      }),
    ),
  );
  return waits.includes(true);
}

async function awaitStop(engine: Docker, id: string, event: ContainerEvent, now: number): Promise<boolean> {
  const container = engine.getContainer(id);
  const { Config, State } = await container.inspect();
  const { StopSignal: signal = "SIGTERM", StopTimeout: grace = DEFAULT_GRACE } = Config as StopConfig;
  if (!State.Running || event.Actor.Attributes.signal !== String(signalNumber(signal))) return false;
  const left = (event.time + grace + SPARE_SECONDS) * 1000 - now;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), Math.max(left, 0));
  try {
    await container.wait({ abortSignal: deadline.signal });
  } catch (error) {
    // A program that uses the signal for another purpose continues to run.
    if (!deadline.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return true;
}

function signalNumber(signal: string): number | undefined {
  const name = signal.startsWith("SIG") ? signal : `SIG${signal}`;
  return (constants.signals as Readonly<Record<string, number>>)[name] ?? Number(signal);
}

interface ContainerEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  /** In seconds since 1970. */
  readonly time: number;
}

interface StopConfig {
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
}
