/** What dockwright makes of the files of a folder, to be compared with what Compose makes of them. */

import { ComposeError, type ComposeWarning } from "../../../components/compose/source/faults";
import { type LoadOptions, loadCompose } from "../../../components/compose/load";
import { printProject } from "../../../components/compose/print";
import { readIfThere } from "../../../components/compose/disk";
import { type Question, VARIABLES } from "./oracle";

export interface OwnAnswer {
  /** As printed and read again; undefined where the project has faults. */
  readonly project: unknown;
  readonly error: string;
  readonly warnings: readonly ComposeWarning[];
}

export function own(question: Question): OwnAnswer {
  try {
    const { model, warnings } = loadCompose(optionsOf(question));
    return { project: JSON.parse(printProject(model, "json")) as unknown, error: "", warnings };
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return { project: undefined, error: error.message, warnings: [] };
  }
}

/** What the command would hand to the loader. */
export function optionsOf({ folder, files, args = [], environment = {} }: Question) {
  return {
    files,
    workingDirectory: folder,
    environment: { ...VARIABLES, PWD: folder, ...environment },
    profiles: valuesOf(args, "--profile"),
    envFiles: valuesOf(args, "--env-file"),
    projectName: valuesOf(args, "--project-name").at(-1),
    read: readIfThere,
  } satisfies LoadOptions;
}

function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((word, index) => (word === option ? (args[index + 1] ?? []) : []));
}
