/** One stack of cells on an Engine of its own: announced, then done. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { review as judge } from "../../../components/review/classify";
import { readPreview } from "../../../components/review/read";
import type { SecondEngine } from "../../engine/support/second-engine";
import { pause } from "../../engine/support/processes";
import { compile, type Compiled } from "../../faults/compile";
import { type PulumiProject, type Run, SCOPE } from "../../faults/pulumi";
import { type Cell, containerName, type Hand } from "./cell";
import { Client, type Gap } from "./client";
import { observe } from "./observe";
import type { Settings } from "./program/settings";
import { readTold } from "./told";
import type { ToldRound } from "./untruths";
import type { View } from "./view";

const LAST_ANSWER_MS = 6000;
const BASE = "debian:bookworm-slim";

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
    const services = cells.flatMap(({ name }) => [name, `${name}-side`]);
    this.client = Client.start(this.engine, `${SCOPE}-probe`, services);
    this.view = await observe(this.engine.docker, SCOPE);
  }

  /** What the next cells were announced to do, and what they did. @param hands what is done by hand before, by cell */
  async round(cells: readonly Cell[], hands: readonly (Hand | undefined)[]): Promise<ToldRound> {
    const settings = this.settings(cells);
    const last = this.view ?? (await observe(this.engine.docker, SCOPE));
    const foreign = new Set(this.cells.flatMap((cell, index) => this.byHand(cell, hands[index])));
    const looked = hands.some(Boolean) ? await observe(this.engine.docker, SCOPE) : last;
    // Neither changes anything, nor holds the lock of the state.
    const [plain, digest] = await Promise.all([
      this.project.plainPreview(settings),
      this.project.preview(settings),
    ]);
    const preview = readTold(done(plain, "the preview").printed);
    const review = judge(readPreview(done(digest, "the review").printed));
    this.client?.gaps();
    const up = readTold(done(await this.project.up(settings), "the up").printed);
    const gaps = await this.gapsAfter(review);
    const after = await observe(this.engine.docker, SCOPE);
    const declared = { before: volumesOf(this.cells), after: volumesOf(cells) };
    const [earlier, before] = [last, looked].map((view) => followingAliases(view, cells)) as [View, View];
    this.cells = cells;
    this.view = after;
    const unapplied = await this.unapplied(cells);
    const told = { preview, up, foreign, unapplied };
    return { review, earlier, before, after, gaps, scope: SCOPE, declared, ...told };
  }

  /** Answers the names of components that take over what was started. */
  private byHand(cell: Cell, hand: Hand | undefined): string[] {
    const { name } = cell;
    const [container, volume] = [`${SCOPE}-${containerName(cell, 1)}`, `${SCOPE}-${name}-data`];
    switch (hand) {
      case undefined:
        return [];
      case "remove the container":
        if (cell.replicas > 0) this.engine.command("rm", "--force", this.hostName(cell, container));
        return [];
      case "stop the container":
        if (cell.replicas > 0) this.engine.command("stop", "--time", "1", this.hostName(cell, container));
        return [];
      case "remove the volume": {
        // With other options it would be made with them, and nothing could mount it.
        if (cell.volume?.option !== 1) return [];
        const users = this.engine.command("ps", "--all", "--quiet", "--filter", `volume=${volume}`);
        if (users !== "") this.engine.command("rm", "--force", ...users.split("\n"));
        this.engine.command("volume", "rm", volume);
        return [];
      }
      case "start a container":
        this.engine.command(
          "run",
          "--detach",
          "--init",
          "--name",
          `${SCOPE}-${name}-taken`,
          BASE,
          "sleep",
          "inf",
        );
        return [`${name}-taken`];
    }
  }

  private hostName({ args, name }: Cell, made: string): string {
    return args["name"] === true ? `fixed-${name}` : made;
  }

  /** Volumes of the program whose options on the host are not those that it gives. */
  private async unapplied(cells: readonly Cell[]): Promise<Set<string>> {
    const { Volumes: all } = await this.engine.docker.listVolumes();
    return new Set(
      cells.flatMap(({ name, volume }) => {
        const found = all.find((each) => each.Name === `${SCOPE}-${name}-data`);
        const given = volume === undefined || volume.option === 1 ? undefined : String(volume.option);
        return volume !== undefined && found !== undefined && found.Options?.["device"] !== given
          ? [`${name}-data`]
          : [];
      }),
    );
  }

  /** A gap ends with the next answer, which a look-up on its way may keep waiting. */
  private async gapsAfter({ components }: ToldRound["review"]): Promise<Gap[]> {
    const gaps: Gap[] = [];
    const announced = components
      .filter(({ impacts }) => impacts.some(({ kind, lasts }) => kind === "outage" && !lasts))
      .map(({ name }) => name.replace(/-\d+(-r\d+)?$/, ""));
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

/** What was renamed with an alias is the same component under its new name. */
function followingAliases(view: View, cells: readonly Cell[]): View {
  const containers = { ...view.containers };
  for (const cell of cells) {
    const [former, now] = [containerName({ ...cell, renamed: cell.renamed - 1 }, 1), containerName(cell, 1)];
    const found = containers[former];
    if (!cell.aliased || found === undefined) continue;
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy
    delete containers[former];
    containers[now] = found;
  }
  return { ...view, containers };
}

const volumesOf = (cells: readonly Cell[]): Set<string> =>
  new Set(cells.filter(({ volume }) => volume !== undefined).map(({ name }) => `${name}-data`));

function done(run: Run, what: string): Run {
  if (run.ended === 0) return run;
  // A digest, or lines for people.
  const errors = run.printed.split("\n").filter((line) => /"message":|\berror:|invalid argument/.test(line));
  throw new Error(`${what} failed (${String(run.ended)}): ${errors.join("\n").slice(0, 3000)}`);
}
