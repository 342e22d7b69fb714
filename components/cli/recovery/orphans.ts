/** Processes that a killed Pulumi leaves running: its language host, the program, the plugins. They keep creating resources. */

import { basename, sep } from "node:path";

import { isPulumi } from "./lock";
import type { RunningProcess } from "./processes";

/** The killed run. */
export interface DeadRun {
  readonly project: string;
  readonly stack: string;
  /** The backend's URL. */
  readonly backend: string;
  /** The folder of the project. */
  readonly folder: string;
}

/**
 * The processes of exactly that run. One of them must be part of a Pulumi run by its command line,
 * have no living Pulumi ancestor, and belong to this project by its arguments and environment; uncertain
 * processes are left alone.
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
  // The program has the stack in its environment; processes with the same engine address belong to the same run.
  const own = parts.filter((each) => engines.get(engineOf(each)) ?? wasGivenTo(run, each));
  const found = new Set(own);
  for (const host of own.filter(isLanguageHost))
    descendants(host, processes).forEach((each) => found.add(each));
  return [...found];
}

/** The address of the engine that started a process. */
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

/** By its environment, which Pulumi passes on; otherwise by its working directory. */
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
