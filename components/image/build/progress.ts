/** The steps of one build, as BuildKit reports them. */

import { StringDecoder } from "node:string_decoder";

import { visibleLog } from "../../core/text/visible";
import type { Message, Timestamp, Vertex } from "./messages";

/** The step that ended a build. */
export interface FailedStep {
  /** As BuildKit writes it: `[2/3] RUN npm ci`. */
  readonly name: string;
  /** The words of BuildKit. */
  readonly error: string;
  /** What the step printed last. */
  readonly output: string;
}

interface Step {
  readonly name: string;
  started: number | undefined;
  isDone: boolean;
  error: string;
  output: string;
  readonly decoder: StringDecoder;
}

/** Of the output of each step, in characters. */
const KEPT = 64 * 1024;

/** BuildKit's own steps, such as loading the Dockerfile, are only of interest if one has to wait for them. */
const INTERNAL = /^\[internal\]/;
const LONG_SECONDS = 1;

export class BuildProgress {
  private readonly steps = new Map<string, Step>();

  /** @param mask hides secrets in what a step prints */
  constructor(private readonly mask: (text: string) => string = (text) => text) {}

  /** Takes a report of BuildKit and returns a line for each step that it says has ended. */
  read({ vertexes, logs }: Message<"StatusResponse">): string[] {
    const lines = vertexes.flatMap((vertex) => this.update(vertex));
    for (const { vertex, msg } of logs) {
      const step = this.steps.get(vertex);
      if (step !== undefined) step.output = (step.output + step.decoder.write(Buffer.from(msg))).slice(-KEPT);
    }
    return lines;
  }

  /** The step that runs longest, with its time and the last line that it printed; undefined if none runs. */
  running(now: number): string | undefined {
    const [step] = [...this.steps.values()]
      .filter(({ isDone, started }) => !isDone && started !== undefined)
      .sort((a, b) => (a.started ?? 0) - (b.started ?? 0));
    if (step === undefined) return undefined;
    const last = this.shown(step.output).trimEnd().split("\n").at(-1)?.trim() ?? "";
    const begin = `${oneLine(step.name)} ${seconds(Math.max(0, now - (step.started ?? now)))}`;
    return last === "" ? begin : `${begin}: ${last}`;
  }

  /** Undefined where no step failed, as with a Dockerfile that cannot be read. */
  failed(): FailedStep | undefined {
    const step = [...this.steps.values()].find(
      ({ error }) => error !== "" && !/context canceled|: canceled$/.test(error),
    );
    return step && { name: oneLine(step.name), error: step.error, output: this.shown(step.output) };
  }

  private update({ digest, name, cached, started, completed, error }: Vertex): string[] {
    const known = this.steps.get(digest);
    const step: Step = known ?? {
      name,
      started: undefined,
      isDone: false,
      error: "",
      output: "",
      decoder: new StringDecoder(),
    };
    this.steps.set(digest, step);
    step.started = time(started) ?? step.started;
    step.error ||= error;
    const end = time(completed);
    if (end === undefined || step.isDone) return [];
    step.isDone = true;
    const took = end - (step.started ?? end);
    if (error !== "" || (INTERNAL.test(name) && took < LONG_SECONDS)) return [];
    return [`${oneLine(name)} ${cached ? "cached" : seconds(took)}`];
  }

  private shown(output: string): string {
    return visibleLog(this.mask(output));
  }
}

function time(stamp: Timestamp | null): number | undefined {
  return stamp === null ? undefined : stamp.seconds + stamp.nanos / 1e9;
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}

/** A RUN can have many lines. */
function oneLine(name: string): string {
  const text = name.replace(/\s+/g, " ").trim();
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
