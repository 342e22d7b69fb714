/** Writes the list of rules into docs/policy.md: `npm run docs:policy`. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesTable } from "../components/policy/docs-table";

const file = join(__dirname, "../docs/policy.md");
const [before = ""] = readFileSync(file, "utf8").split("## The rules");
writeFileSync(file, before + rulesTable());
