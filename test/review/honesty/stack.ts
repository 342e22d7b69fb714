/** One stack of cells on an Engine of its own: announced, then done. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { review as judge } from "../../../components/review/classify";
import { readPreview } from "../../../components/review/read";
import type { SecondEngine } from "../../engine/support/second-engine";
import { pause } from "../../engine/support/processes";
import { compile, type Compiled } from "../../faults/compile";
import { type PulumiProject, type Run, SCOPE } from "../../faults/pulumi";
import type { Cell } from "./cell";
import { Client, type Gap } from "./client";
import type { Round } from "./compare";
import { observe } from "./observe";
import type { Settings } from "./program/settings";
import type { View } from "./view";

const LAST_ANSWER_MS = 6000;

export function compileProgram(): Compiled {
  return compile(
    "test/review/honesty/program",
    "test/review/honesty/cell.ts",
    "test/faults/program/settings.ts",
  );
}

export class HonestStack {
  private readonly contexts: string;
  private client: Client | undefined;
  private cells: readonly Cell[] = [];
  private view: View | undefined;

  constructor(
    private readonly engine: SecondEngine,
    compiled: Compiled,
    private readonly project: PulumiProject,
  ) {
    this.contexts = join(compiled.folder, "contexts");
  }

  async begin(cells: readonly Cell[]): Promise<void> {
    rmSync(this.contexts, { recursive: true, force: true });
    this.cells = cells;
    done(await this.project.up(this.settings(cells)), "the first up");
    const services = cells.map(({ name }) => name);
    this.client = Client.start(this.engine, `${SCOPE}-probe`, services);
    this.view = await observe(this.engine.docker, SCOPE);
  }

  /** What the next cells were announced to do, and what they did. */
  async round(cells: readonly Cell[]): Promise<Round> {
    const settings = this.settings(cells);
    const before = this.view ?? (await observe(this.engine.docker, SCOPE));
    const printed = done(await this.project.preview(settings), "the preview").printed;
    const review = judge(readPreview(printed));
    this.client?.gaps();
    done(await this.project.up(settings), "the up");
    const gaps = await this.gapsAfter(review);
    const after = await observe(this.engine.docker, SCOPE);
    const declared = { before: volumesOf(this.cells), after: volumesOf(cells) };
    this.cells = cells;
    this.view = after;
    return { review, before, after, gaps, scope: SCOPE, declared };
  }

  /** A gap ends with the next answer, which a look-up on its way may keep waiting. */
  private async gapsAfter({ components }: Round["review"]): Promise<Gap[]> {
    const gaps: Gap[] = [];
    const announced = components
      .filter(({ impacts }) => impacts.some(({ kind, lasts }) => kind === "outage" && !lasts))
      .map(({ name }) => name.replace(/-\d+$/, ""));
    for (let waited = 0; waited < LAST_ANSWER_MS; waited += 500) {
      await pause(500);
      gaps.push(...(this.client?.gaps() ?? []));
      if (announced.every((name) => gaps.some(({ service }) => service === name))) break;
    }
    return gaps;
  }

  private settings(cells: readonly Cell[]): Settings {
    for (const { name, image, ignored } of cells) {
      const folder = join(this.contexts, name);
      mkdirSync(folder, { recursive: true });
      const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
      write("Dockerfile", "FROM debian:bookworm-slim\nCOPY content /content\n");
      write(".dockerignore", "ignored\n");
      write("content", String(image));
      write("ignored", String(ignored));
    }
    return { cells, contexts: this.contexts };
  }
}

const volumesOf = (cells: readonly Cell[]): Set<string> =>
  new Set(cells.filter(({ volume }) => volume !== undefined).map(({ name }) => `${name}-data`));

function done(run: Run, what: string): Run {
  if (run.ended === 0) return run;
  // A digest, or lines for people.
  const errors = run.printed.split("\n").filter((line) => /"message":|\berror:|invalid argument/.test(line));
  throw new Error(`${what} failed (${String(run.ended)}): ${errors.join("\n").slice(0, 3000)}`);
}
