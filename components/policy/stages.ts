/** The stages of a Dockerfile. */

import type { DockerfileSubject, InstructionFacts } from "./subject";

export interface StageFacts {
  readonly from: InstructionFacts;
  /** The name of its base: an earlier stage, or an image. */
  readonly base: string;
  readonly name: string | undefined;
  /** All instructions except FROM. */
  readonly instructions: readonly InstructionFacts[];
  /** The earlier stage it is built on. */
  readonly parent: StageFacts | undefined;
}

export function stagesOf({ instructions }: DockerfileSubject): readonly StageFacts[] {
  const stages: (StageFacts & { readonly instructions: InstructionFacts[] })[] = [];
  for (const each of instructions) {
    if (each.name !== "FROM") {
      stages.at(-1)?.instructions.push(each);
      continue;
    }
    const [base = "", as, name] = each.rest.split(/\s+/).filter((word) => !word.startsWith("--"));
    stages.push({
      from: each,
      base,
      name: as?.toLowerCase() === "as" ? name?.toLowerCase() : undefined,
      instructions: [],
      parent: stages.findLast((stage) => stage.name === base.toLowerCase()),
    });
  }
  return stages;
}

/** The stage of the image, preceded by the stages that it is based on. */
export function lineage(subject: DockerfileSubject): readonly StageFacts[] {
  const stages = stagesOf(subject);
  const target = subject.target?.toLowerCase();
  const built =
    target === undefined
      ? stages.at(-1)
      : (stages.findLast(({ name }) => name === target) ??
        stages[/^\d+$/.test(target) ? Number(target) : -1]);
  const line: StageFacts[] = [];
  for (let stage = built; stage !== undefined; stage = stage.parent) line.unshift(stage);
  return line;
}

/** The last USER of the image; undefined if it is that of the base image. */
export function userOf(subject: DockerfileSubject): InstructionFacts | undefined {
  return lineage(subject)
    .flatMap(({ instructions }) => instructions)
    .findLast(({ name }) => name === "USER");
}

/** Undefined if it is that of the base image. */
export function healthCheckOf(subject: DockerfileSubject): boolean | undefined {
  const last = lineage(subject)
    .flatMap(({ instructions }) => instructions)
    .findLast(({ name }) => name === "HEALTHCHECK");
  return last && !/^(--\S+\s+)*none\s*$/i.test(last.rest);
}
