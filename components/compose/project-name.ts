/** The project name, which is the prefix of its containers, networks and volumes. */

import type { Environment } from "./variables/environment";
import type { Run } from "./source/files";
import { lookupIn } from "./variables/filled";
import { get, textOf } from "./source/node";
import { substitute } from "./variables/template";

/** Lower case, with only the characters that Docker accepts. */
function normaliseName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

/** The given name, otherwise that of the variable, of the last file with a name, or of the folder. */
export function projectName(
  given: string | undefined,
  paths: readonly string[],
  folder: string,
  variables: Environment,
  run: Run,
): string {
  const variable = lookupIn(variables)("COMPOSE_PROJECT_NAME");
  const chosen = given !== undefined && given !== "" ? given : variable;
  if (chosen !== undefined && chosen !== "") {
    if (normaliseName(chosen) !== chosen)
      run.findings.fault(
        undefined,
        [],
        `the project name ${JSON.stringify(chosen)} must consist of lower-case letters, digits, dashes and underscores, and begin with a letter or a digit; ${JSON.stringify(normaliseName(chosen))} is valid`,
      );
    return chosen;
  }
  const written = paths.flatMap((path) => namesIn(path, run)).at(-1);
  const name = normaliseName(written === undefined ? folder : filled(written, variables));
  if (name === "")
    run.findings.fault(
      undefined,
      [],
      "the project has no name: pass --project-name, or set name: in the file",
    );
  return name;
}

function namesIn(path: string, run: Run): string[] {
  return (run.documents(path) ?? []).flatMap(({ root }) => textOf(get(root, "name")) || []);
}

function filled(text: string, variables: Environment): string {
  try {
    return substitute(text, lookupIn(variables)).text;
  } catch {
    return text;
  }
}
