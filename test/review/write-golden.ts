/**
 * Writes the golden reports anew; read the difference before you commit it.
 *
 *   tools/env node --require ts-node/register/transpile-only test/review/write-golden.ts
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { goldenFolder, reports } from "./reports";

mkdirSync(goldenFolder, { recursive: true });
void reports().then((all) => {
  for (const [name, report] of all) writeFileSync(join(goldenFolder, name), report);
});
