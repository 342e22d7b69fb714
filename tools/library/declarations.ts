/**
 * The declarations that a user gets: one file for each entry of the package, with what its exports name and nothing else.
 *
 * The declarations of the single source files also show what belongs to the library alone, such as the schemas of
 * arguments. They require the types of zod, which only compile under some compiler options.
 */

import { join, resolve } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  ExtractorMessageCategory,
} from "@microsoft/api-extractor";

const configFile = resolve(__dirname, "../api-extractor.json");

/** Where the build of a package leaves the declarations of its source files. */
export function declarationsIn(folder: string): string {
  return join(folder, "declarations");
}

/** Writes `dist/<entry>.d.ts` for each entry, such as `policy/index`. Throws an Error that names what does not compile. */
export function rollUpDeclarations(folder: string, entries: readonly string[]): void {
  const configs = entries.map((entry) => configFor(folder, entry));
  const [first] = configs;
  if (first === undefined) return;
  const additionalEntryPoints = configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath);
  const compilerState = CompilerState.create(first, { additionalEntryPoints });
  const faults: string[] = [];
  const messageCallback = (message: ExtractorMessage): void => {
    if (isCompilerError(message)) faults.push(`${String(message.sourceFilePath)}: ${message.text}`);
    message.handled = true;
  };
  for (const config of configs)
    Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

function configFor(folder: string, entry: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      ...ExtractorConfig.loadFile(configFile),
      projectFolder: folder,
      mainEntryPointFilePath: join(declarationsIn(folder), `${entry}.d.ts`),
      apiReport: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: join(folder, "dist", `${entry}.d.ts`) },
    },
    configObjectFullPath: configFile,
    packageJsonFullPath: join(folder, "package.json"),
  });
}

/** What the types should look like is judged by the API report. */
function isCompilerError({ logLevel, category }: ExtractorMessage): boolean {
  return logLevel === ExtractorLogLevel.Error && category === ExtractorMessageCategory.Compiler;
}
