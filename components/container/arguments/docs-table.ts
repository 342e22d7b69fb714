/** The table of arguments in docs/arguments.md. */

import { containerArguments } from ".";
import { type Argument, fieldsOf } from "./argument";

const code = (text: string): string => `\`${text}\``;

/** The generated part of docs/arguments.md. */
export function argumentsTable(): string {
  const rows = Object.entries<Argument>(containerArguments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, argument]) =>
      [
        code(name),
        defaultOf(argument),
        effectOf(argument),
        fieldsOf(argument)
          .map(([path]) => code(path))
          .join(", "),
        argument.job === true ? "yes" : argument.job,
        swarmOf(argument),
        Object.keys(argument.compose)
          .filter((key) => !key.includes("*"))
          .map(code)
          .join(", "),
      ].join(" | "),
    );
  return [
    "## The table",
    "",
    "| argument | default | a change | provider inputs | Job | SwarmService | Compose key |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}

function defaultOf({ default: value, required }: Argument): string {
  if (required === true) return "required";
  return value === undefined ? "" : code(JSON.stringify(value));
}

/** The strongest effect of the fields of an argument. */
function effectOf(argument: Argument): string {
  if (argument.effect !== undefined) return argument.effect;
  const changes = fieldsOf(argument).map(([, { change }]) => change);
  if (changes.some((change) => change === "replaces" || change === "ignored"))
    return "replaces the container";
  return changes.length > 0 ? "is applied in place" : "does not affect running containers";
}

function swarmOf({ swarm }: Argument): string {
  if (swarm.as === "refused") return swarm.instead;
  return swarm.as === "same" ? "yes" : "in a different form";
}
