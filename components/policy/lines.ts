/** Instructions of a Dockerfile, and findings that have their line. */

import type { Found } from "./rule";
import type { DockerfileSubject, InstructionFacts } from "./subject";

export const runs = ({ instructions }: DockerfileSubject): readonly InstructionFacts[] =>
  instructions.filter(({ name }) => name === "RUN");
/** What installs packages of Debian. */
export const installs = /\bapt(-get)?\b[^&|;]*\binstall\b/;
export const inLine =
  (text: string) =>
  (each: InstructionFacts): Found => ({ text, line: each.line });
export const linesOf = (text: string, found: readonly InstructionFacts[]): readonly Found[] =>
  found.map(inLine(text));
