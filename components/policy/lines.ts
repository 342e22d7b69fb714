/** Finds instructions of a Dockerfile, and returns findings with their line. */

import type { Found } from "./rule";
import type { DockerfileSubject, InstructionFacts } from "./subject";

export const runs = ({ instructions }: DockerfileSubject): readonly InstructionFacts[] =>
  instructions.filter(({ name }) => name === "RUN");
/** The commands that install Debian packages. */
export const installs = /\bapt(-get)?\b[^&|;]*\binstall\b/;
export const inLine =
  (text: string) =>
  (each: InstructionFacts): Found => ({ text, line: each.line });
export const linesOf = (text: string, found: readonly InstructionFacts[]): readonly Found[] =>
  found.map(inLine(text));
