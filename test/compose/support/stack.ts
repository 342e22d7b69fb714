/** Docker's own reading of a stack file, `docker stack config`, and ours of the same files. Needs no daemon and no swarm. */

import { execFile } from "node:child_process";

import { parse } from "yaml";

import { ComposeError } from "../../../components/compose/source/faults";
import { judgeStack } from "../../../components/compose/judge";
import { loadCompose } from "../../../components/compose/load";
import type { Path } from "../../../components/compose/source/node";
import { swarmLimits } from "../../../components/compose/support/limits";
import type { SwarmPlan } from "../../../components/compose/swarm/plan";
import { type Question, VARIABLES } from "./oracle";
import { optionsOf } from "./own";

export interface StackAnswer {
  /** Undefined where Docker refuses the file. */
  readonly config: unknown;
  readonly stderr: string;
}

export function askStack({ folder, files, environment = {} }: Question): Promise<StackAnswer> {
  const words = ["stack", "config", ...files.flatMap((file) => ["-c", file])];
  const env = { ...VARIABLES, PWD: folder, ...environment };
  return new Promise((done) => {
    execFile("docker", words, { cwd: folder, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done({ config: error === null ? (parse(stdout) as unknown) : undefined, stderr });
    });
  });
}

export interface OwnStack {
  /** Undefined where the files themselves have faults, wherever they shall run. */
  readonly plan: SwarmPlan | undefined;
  /** The keys that are refused or warned about by name. */
  readonly told: readonly Path[];
}

export function ownStack(question: Question): OwnStack {
  try {
    const loaded = loadCompose({ ...optionsOf(question), limits: swarmLimits });
    const { plan } = judgeStack(loaded);
    return { plan, told: loaded.unsupported.map(({ path }) => path) };
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return { plan: undefined, told: [] };
  }
}
