/**
 * Compares the public types of the library with docs/api.md, or writes them there (`npm run api:update`).
 * Usage: api-report [--update] [folder of a staged package]
 */

import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  ExtractorMessageCategory,
} from "@microsoft/api-extractor";
import { declarationsIn } from "./library/declarations";
import { stagePackage } from "./stage-package";

const root = resolve(__dirname, "..");
const committed = join(root, "docs/api.md");

async function main(args: readonly string[]): Promise<number> {
  const update = args.includes("--update");
  const given = args.find((each) => !each.startsWith("--"));
  if (given !== undefined) return report(given, update);
  const staged = await stagePackage();
  try {
    return report(staged.folder, update);
  } finally {
    staged.remove();
  }
}

function report(folder: string, update: boolean): number {
  const faults = extract(folder);
  const fresh = join(folder, "report/dockwright.api.md");
  for (const fault of faults) console.error(fault);
  if (!existsSync(fresh)) return 1;
  if (update) copyFileSync(fresh, committed);
  const difference = compare(existsSync(committed) ? lines(committed) : [], lines(fresh));
  if (difference.length > 0) {
    console.error(
      "docs/api.md differs from the public types; run `npm run api:update` and review the difference:",
    );
    console.error(difference.join("\n"));
  }
  return faults.length + difference.length > 0 ? 1 : 0;
}

/** Writes the report below `folder` and returns what is wrong with the public types. */
function extract(folder: string): string[] {
  const configFile = join(root, "tools/api-extractor.json");
  const configObject = ExtractorConfig.loadFile(configFile);
  const reportFolder = join(folder, "report");
  mkdirSync(reportFolder, { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      ...configObject,
      projectFolder: folder,
      mainEntryPointFilePath: join(declarationsIn(folder), "index.d.ts"),
      apiReport: {
        ...configObject.apiReport,
        enabled: true,
        reportFolder,
        reportTempFolder: join(reportFolder, "temp"),
      },
    },
    configObjectFullPath: configFile,
    packageJsonFullPath: join(folder, "package.json"),
  });
  const faults: string[] = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (isFault(message)) faults.push(describe(message, folder));
      message.handled = true;
    },
  });
  return faults;
}

function isFault({ logLevel, category }: ExtractorMessage): boolean {
  return logLevel === ExtractorLogLevel.Error && category !== ExtractorMessageCategory.Console;
}

function describe(message: ExtractorMessage, folder: string): string {
  const file = message.sourceFilePath
    ?.replace(`${declarationsIn(folder)}/`, "components/")
    .replace(/\.d\.ts$/, ".ts");
  const place = file === undefined ? "" : `${file} (line ${String(message.sourceFileLine)} of its .d.ts): `;
  return `${place}${message.text} (${message.messageId})`;
}

function lines(path: string): string[] {
  return readFileSync(path, "utf8").split("\n");
}

/** The lines that only one side has, in reading order; enough to see what changed. */
function compare(old: readonly string[], fresh: readonly string[]): string[] {
  if (old.length === 0) return ["  it does not exist yet"];
  if (old.join("\n") === fresh.join("\n")) return [];
  const gone = old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`);
  const come = fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
  return gone.length + come.length > 0 ? [...gone, ...come] : ["  the same lines in another order"];
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
