import { type Instruction, instructions } from "../dockerfile/read";

/** The instructions that BuildKit numbers in a stage, after FROM. */
const COUNTED = /^(RUN|COPY|ADD|WORKDIR)$/;

/**
 * The line of the Dockerfile that a step comes from, by its place in its stage: the step's own text has its variables filled in.
 *
 * @param step as BuildKit names it: `[2/3] RUN npm ci`, `[build 2/3] ...` or, for several platforms, `[linux/arm64 build 2/3] ...`
 */
export function lineOfStep(dockerfile: string, step: string): number | undefined {
  const [, words = "", number = "", name = ""] = /^\[(?:(.*?) )?\s*(\d+)\/\d+\] (\S+)/.exec(step) ?? [];
  const stage = stageOf(dockerfile, words.trim().split(" ").at(-1) ?? "");
  const found = [stage[0], ...stage.slice(1).filter((each) => COUNTED.test(each.name))][Number(number) - 1];
  // The triggers of a base image come before the instructions of the stage.
  return found?.name === name.toUpperCase() ? found.line : undefined;
}

/** The instructions of a stage, its FROM first. A stage without a name is called by its number, the only one not at all. */
function stageOf(dockerfile: string, called: string): Instruction[] {
  const stages: Instruction[][] = [];
  for (const each of instructions(dockerfile)) {
    if (each.name === "FROM") stages.push([each]);
    else stages.at(-1)?.push(each);
  }
  const nameOf = ([from]: Instruction[]): string | undefined =>
    /\sas\s+(\S+)\s*$/i.exec(from?.rest ?? "")?.[1];
  const numbered = /^stage-(\d+)$/.exec(called)?.[1];
  return (
    stages.findLast((stage) => called !== "" && nameOf(stage)?.toLowerCase() === called.toLowerCase()) ??
    stages[numbered === undefined ? 0 : Number(numbered)] ??
    []
  );
}
