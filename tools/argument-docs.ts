/** Writes the table of docs/arguments.md: `npm run docs:arguments`. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argumentsTable } from "../components/container/arguments/docs-table";

const file = join(__dirname, "../docs/arguments.md");
const [before = ""] = readFileSync(file, "utf8").split("## The table");
writeFileSync(file, before + argumentsTable());
