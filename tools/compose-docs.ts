/** Writes the lists of docs/compose.md, of what is refused, warned about or made differently: `npm run docs:compose`. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostLimits } from "../components/compose/support";
import { limitsTable } from "../components/compose/support-table";
import { differencesSection } from "../test/compose/parity/differences";

const file = join(__dirname, "../docs/compose.md");
const [before = ""] = readFileSync(file, "utf8").split("## Refused");
writeFileSync(file, `${before}${limitsTable(hostLimits)}\n${differencesSection()}`);
