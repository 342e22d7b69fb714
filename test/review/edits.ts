/** The prepared edits of the reference deployment whose reviews are compared with test/review/golden. */

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Edit {
  readonly name: string;
  /** Changes the copy of the repository that lies in a folder. */
  readonly apply: (folder: string) => void;
}

export const edits: readonly Edit[] = [
  { name: "no-change", apply: () => undefined },
  {
    name: "image-source",
    apply: (folder) => {
      appendFileSync(join(folder, "apps/predictor/predictor/api.py"), "\n# Answers a little faster.\n");
    },
  },
  { name: "environment", apply: inSettings("logLevel: info", "logLevel: debug") },
  {
    name: "public-port",
    apply: inProgram("host: settings.port }", 'host: settings.port, expose: "public" }'),
  },
  { name: "volume-name", apply: inProgram('Volume("model", {', 'Volume("model", { name: "shop-model",') },
  {
    name: "network-subnet",
    apply: inProgram("internal: true }", 'internal: true, subnet: "10.199.7.0/24" }'),
  },
  {
    name: "privileged",
    apply: inFile(
      "stacks/on-host.ts",
      'networkMode: "none" }',
      'networkMode: "none", unsafe: { privileged: "measures the processor while it trains" } }',
    ),
  },
  { name: "secret", apply: inSettings('brokerPassword: "', 'brokerPassword: "another-') },
  {
    name: "database-removed",
    apply: (folder) => {
      inProgram(/const database = on\.service\([^]*?\n\}\);\n/, "")(folder);
      inProgram("[database, broker, trainer]", "[broker, trainer]")(folder);
      inProgram("[database, broker]", "[broker]")(folder);
    },
  },
  { name: "replicas-up", apply: inSettings("workerReplicas: 1", "workerReplicas: 2") },
  { name: "replicas-down", apply: inSettings("apiReplicas: 2", "apiReplicas: 1") },
  {
    name: "gateway-removed",
    apply: (folder) => {
      inProgram(/const gateway = new Gateway\([^]*?\n\);\n/, "")(folder);
      inProgram("export const url = gateway.url;", "export const pages = page.names;")(folder);
    },
  },
];

function inProgram(from: string | RegExp, to: string): Edit["apply"] {
  return inFile("index.ts", from, to);
}

function inSettings(from: string, to: string): Edit["apply"] {
  return inFile("stacks/Pulumi.review.yaml", from, to);
}

/** An edit that finds nothing to edit would record a lie. */
function inFile(file: string, from: string | RegExp, to: string): Edit["apply"] {
  return (folder) => {
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${String(from)}`);
    writeFileSync(path, after);
  };
}
