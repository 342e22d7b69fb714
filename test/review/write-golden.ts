/**
 * Writes the golden reports and the pictures of docs/review anew; look at the difference before you commit it.
 *
 *   tools/env node --require ts-node/register/transpile-only test/review/write-golden.ts
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { goldenFolder, pictures, picturesFolder, reports } from "./reports";

mkdirSync(goldenFolder, { recursive: true });
mkdirSync(picturesFolder, { recursive: true });
void reports().then((all) => {
  for (const [name, report] of all) writeFileSync(join(goldenFolder, name), report);
});
void pictures().then((all) => {
  for (const [name, picture] of all) writeFileSync(join(picturesFolder, name), picture);
});
