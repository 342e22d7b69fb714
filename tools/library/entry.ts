/** The entries of the package, as modules that load what they export when it is first used. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import ts from "typescript";

/** One name and the module that it comes from. */
interface Export {
  readonly name: string;
  readonly local: string;
  readonly from: string;
}

/**
 * The JavaScript of an entry, from its TypeScript: what the compiler would emit, with each `require` put off.
 *
 * An ES module finds the names of a CommonJS module by reading its text, so each one needs an assignment.
 */
export function lazyEntry(path: string): string {
  const exports = exportsOf(path);
  return [
    `"use strict";`,
    `// Each export loads its module when it is first used.`,
    `Object.defineProperty(exports, "__esModule", { value: true });`,
    `${exports.map(({ name }) => `exports.${name} = `).join("")}void 0;`,
    `const lazy = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });`,
    ...exports.map(({ name, local, from }) => `lazy("${name}", () => require("${from}").${local});`),
    "",
  ].join("\n");
}

/** The values that an entry exports. Throws an Error where it does more than exporting what other modules define. */
function exportsOf(path: string): Export[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (
      !ts.isExportDeclaration(statement) ||
      statement.exportClause === undefined ||
      !ts.isNamedExports(statement.exportClause) ||
      statement.moduleSpecifier === undefined ||
      !ts.isStringLiteral(statement.moduleSpecifier)
    ) {
      throw new Error(
        `${basename(path)}: an entry only exports names from other modules, got: ${statement.getText()}`,
      );
    }
    if (statement.isTypeOnly) return [];
    const from = statement.moduleSpecifier.text;
    return statement.exportClause.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ name, propertyName }) => ({ name: name.text, local: (propertyName ?? name).text, from }));
  });
}
