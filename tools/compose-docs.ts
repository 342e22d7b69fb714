/**
 * Writes the lists of docs/compose.md and docs/swarm.md, of what is refused, warned about or made differently:
 * `npm run docs:compose`.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostLimits } from "../components/compose/support/limits";
import { swarmLimits } from "../components/compose/support/limits";
import { limitsTable } from "../components/compose/support/docs-table";
import { differencesSection } from "../test/compose/parity/differences";
import { stackDifferencesSection } from "../test/compose/parity/stack";

function write(name: string, lists: string): void {
  const file = join(__dirname, "../docs", name);
  const [before = ""] = readFileSync(file, "utf8").split("## Refused");
  writeFileSync(file, `${before}${lists}`);
}

write("compose.md", `${limitsTable(hostLimits)}\n${differencesSection()}`);
write("swarm.md", `${limitsTable(swarmLimits)}\n${stackDifferencesSection()}`);
