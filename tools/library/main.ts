/** `npm run build`: the library of this folder, into `dist`. */

import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { buildLibrary } from "./build";
import { declarationsIn } from "./declarations";

const root = resolve(__dirname, "../..");

buildLibrary(root)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => {
    rmSync(declarationsIn(root), { recursive: true, force: true });
  });
