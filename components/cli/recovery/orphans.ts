/** What a killed Pulumi leaves running: its language host, the program, the plugins. They go on creating without it. */

import { basename, sep } from "node:path";

import { isPulumi } from "./lock";
import type { RunningProcess } from "./processes";

/** The run that was killed. */
export interface DeadRun {
  readonly project: string;
  readonly stack: string;
  /** The backend's URL. */
  readonly backend: string;
  /** The folder of the project. */
  readonly folder: string;
}

/**
 * The processes of that run and of no other. One of them must be part of a Pulumi run by its command line, have no
 * living Pulumi above it, and belong to this project by what it was given; what seems to belong and cannot be told
 * for certain is left alone.
 */
export function orphansOf(run: DeadRun, processes: readonly RunningProcess[]): RunningProcess[] {
  const byPid = new Map(processes.map((each) => [each.pid, each]));
  const parts = processes.filter(
    (each) => !each.zombie && engineOf(each) !== undefined && !hasLivingPulumi(each, byPid),
  );
  const programs = parts.filter((each) => valueOf(each, "--project") !== undefined);
  const engines = new Map(
    programs.map((each) => [
      engineOf(each),
      valueOf(each, "--project") === run.project && valueOf(each, "--stack") === run.stack,
    ]),
  );
  // The program names its stack; what talks to the same engine is of the same run.
  const own = parts.filter((each) => engines.get(engineOf(each)) ?? wasGivenTo(run, each));
  const found = new Set(own);
  for (const host of own.filter(isLanguageHost))
    descendants(host, processes).forEach((each) => found.add(each));
  return [...found];
}

/** The address of the engine that a part of a run was started by. */
function engineOf(process: RunningProcess): string | undefined {
  const given = valueOf(process, "--engine");
  if (given !== undefined)
    return process.words.some((word) => /[\\/]cmd[\\/]run([\\/]index\.js)?$/.test(word)) ? given : undefined;
  const isPart =
    /^pulumi-(resource|language|analyzer)-/.test(basename(process.words[0] ?? "")) || isLanguageHost(process);
  return isPart ? process.words.slice(1).find((word) => /^127\.0\.0\.1:\d+$/.test(word)) : undefined;
}

function isLanguageHost({ words: [command = "", script = ""] }: RunningProcess): boolean {
  return /^pulumi-language-/.test(basename(command)) || /[\\/]language-host[\\/]main\.js$/.test(script);
}

function valueOf({ words }: RunningProcess, option: string): string | undefined {
  const at = words.indexOf(option);
  return at === -1 ? undefined : words[at + 1];
}

/** By its environment, which Pulumi hands on; without a word of the project there, by the folder it works in. */
function wasGivenTo(
  { project, backend, folder }: DeadRun,
  { environment, folder: at }: RunningProcess,
): boolean {
  if (environment === undefined) return false;
  if ((environment["PULUMI_BACKEND_URL"] ?? backend) !== backend) return false;
  const here = at !== undefined && (at === folder || at.startsWith(`${folder}${sep}`));
  const named = environment["PULUMI_PROJECT"];
  return named === undefined ? here : named === project && (at === undefined || here);
}

function hasLivingPulumi(process: RunningProcess, byPid: ReadonlyMap<number, RunningProcess>): boolean {
  const seen = new Set<number>();
  for (let at = byPid.get(process.parent); at !== undefined && !seen.has(at.pid); at = byPid.get(at.parent)) {
    if (isPulumi(at) && !at.zombie) return true;
    seen.add(at.pid);
  }
  return false;
}

function descendants(of: RunningProcess, processes: readonly RunningProcess[]): RunningProcess[] {
  return processes
    .filter(({ parent, pid }) => parent === of.pid && pid !== of.pid)
    .flatMap((child) => [child, ...descendants(child, processes)]);
}
