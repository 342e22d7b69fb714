/** TypeScript's judgement of programs that are nowhere but in memory; they lie at the root of the repository. */

import { join, resolve } from "node:path";

import ts from "typescript";

const root = resolve(__dirname, "../../..");

/** What is wrong with some programs, by file name, as strict as a user's own settings would be. */
export function typeFaults(
  files: Readonly<Record<string, string>>,
  more: Pick<ts.CompilerOptions, "noUnusedLocals"> = {},
): string[] {
  const programs = new Map(Object.entries(files).map(([name, text]) => [join(root, name), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    noUnusedLocals: more.noUnusedLocals ?? false,
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    exactOptionalPropertyTypes: true,
    types: ["node"],
    baseUrl: root,
    paths: { dockwright: ["components/index.ts"] },
  };
  const host = ts.createCompilerHost(options);
  const usual = ts.createCompilerHost(options);
  host.fileExists = (file) => programs.has(file) || usual.fileExists(file);
  host.getSourceFile = (file, version) => {
    const text = programs.get(file);
    return text === undefined ? usual.getSourceFile(file, version) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...programs.keys()], options, host);
  return [...programs.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (each) => `${file.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(each.messageText, "\n")}`,
    );
  });
}
