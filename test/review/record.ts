/**
 * Records what `pulumi preview --json` says of the prepared edits, on a real Engine: test/review/recorded/<edit>.json.
 *
 *   tools/env node --require ts-node/register/transpile-only test/review/record.ts [FOLDER]
 *
 * Deploys the reference deployment as the stack `review`, in a copy of the repository. With a FOLDER copy and deployment
 * stay for the next time; without one both are removed in the end.
 */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { edits } from "./edits";
import { scrub } from "./scrub";

const root = resolve(__dirname, "../..");
const [, , given] = process.argv;
const folder = given === undefined ? mkdtempSync(join(tmpdir(), "dw-review-")) : resolve(given);
const settings = `config:
  dockwright:port: 18099
  dockwright:apiReplicas: 2
  dockwright:workerReplicas: 1
  dockwright:logLevel: info
  dockwright:protectData: false
  dockwright:memoryMiB: { api: 192, broker: 512, database: 512, front: 96, gateway: 96, trainer: 256, worker: 192 }
  dockwright:databasePassword: "a-word-for-a-record"
  dockwright:databaseRootPassword: "a-root-word-for-a-record"
  dockwright:brokerPassword: "a-broker-word-for-a-record"
`;

function copy(): void {
  for (const path of [
    "index.ts",
    "apps",
    "components",
    "stacks",
    "Pulumi.yaml",
    "package.json",
    "tsconfig.json",
  ]) {
    rmSync(join(folder, path), { recursive: true, force: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  mkdirSync(join(folder, "tools"), { recursive: true });
  mkdirSync(join(folder, "state"), { recursive: true });
  cpSync(join(root, "tools/tsconfig.run.json"), join(folder, "tools/tsconfig.run.json"));
  if (!existsSync(join(folder, "node_modules")))
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "stacks/Pulumi.review.yaml"), settings);
}

function pulumi(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    "pulumi",
    [...words, "--stack", "review", "--non-interactive"],
    {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: { ...process.env, PULUMI_BACKEND_URL: `file://${folder}/state`, PULUMI_CONFIG_PASSPHRASE: "test" },
    },
  );
  if (status !== 0)
    throw new Error(`pulumi ${words.join(" ")}: exit code ${String(status)}\n${stdout}\n${stderr}`);
  return stdout;
}

function removeAll(): void {
  const own = ["--filter", "label=com.docker.compose.project=dockwright-review"];
  pulumi("destroy", "--yes", "--skip-preview");
  const docker = (...words: string[]): string[] =>
    spawnSync("docker", words, { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
  for (const volume of docker("volume", "ls", "-q", ...own)) docker("volume", "rm", volume);
  for (const image of docker("image", "ls", "-q", "dockwright-review/*")) docker("image", "rm", "-f", image);
  rmSync(folder, { recursive: true, force: true });
}

copy();
if (!existsSync(join(folder, "state/.pulumi/stacks/dockwright"))) pulumi("stack", "init");
writeFileSync(join(folder, "stacks/Pulumi.review.yaml"), settings);
pulumi("up", "--yes", "--skip-preview");
for (const { name, apply } of edits) {
  copy();
  apply(folder);
  const said = pulumi("preview", "--json", "--show-sames");
  const recorded = join(__dirname, "recorded", `${name}.json`);
  writeFileSync(recorded, scrub(said, folder));
  process.stdout.write(`${name}: ${String(readFileSync(recorded).byteLength)} bytes\n`);
}
if (given === undefined) removeAll();
