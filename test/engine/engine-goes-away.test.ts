/** An Engine that ends while a run is at work: one error that says so, and the next `dockwright up` converges. */

import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { SecondEngine } from "./support/second-engine";

jest.setTimeout(400_000);

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dw-goes-away-"));
const env = {
  ...process.env,
  PULUMI_BACKEND_URL: `file://${folder}/state`,
  PULUMI_CONFIG_PASSPHRASE: "test",
};
const MAIN = [
  join(root, "node_modules/ts-node/dist/bin.js"),
  ...["--swc", "--project", join(root, "tools/tsconfig.run.json"), join(root, "components/cli/main.ts")],
];
let engine: SecondEngine;

const command = (verb: string): string[] => [
  ...MAIN,
  ...[verb, "--yes", "--skip-preview", "--stack", "goes-away"],
];
function dockwright(verb: string): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(verb), {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { code: status, said: `${stdout}${stderr}` };
}
/** An `up` in whose middle something happens. */
async function upUntil(printed: RegExp, then: () => void): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, command("up"), {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let pending = true;
  const record = (text: Buffer): void => {
    said += text.toString();
    if (!pending || !printed.test(said)) return;
    pending = false;
    then();
  };
  child.stdout.on("data", record);
  child.stderr.on("data", record);
  const code = await new Promise<number | null>((done) => child.once("exit", done));
  return { code, said };
}

const program = (version: string): void =>
  writeFileSync(
    join(folder, "index.ts"),
    `import { Container, DockerHost, Image } from "${root}/components";
const host = new DockerHost("here", { address: "unix://${engine.socket}", identity: "here" });
const image = new Image("base", { reference: "debian:bookworm-slim", host });
for (const name of ["one", "two", "three", "four", "five"])
  new Container(name, { image, host, environment: { VERSION: "${version}" }, command: ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.1; done"], monitorSeconds: 5, stopGraceSeconds: 1 });
`,
  );

beforeAll(async () => {
  engine = await SecondEngine.start();
  mkdirSync(join(folder, "state"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.base.json"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    `{ "extends": "./tsconfig.base.json", "ts-node": { "swc": true } }`,
  );
  writeFileSync(join(folder, "Pulumi.yaml"), "name: dw-test\nruntime: nodejs\nmain: index.ts\n");
  spawnSync("pulumi", ["stack", "init", "goes-away", "--non-interactive"], { cwd: folder, env });
});

afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("P10 an Engine that ends in the middle of an up is one error, and the next up converges", async () => {
  program("one");
  expect(dockwright("up")).toMatchObject({ code: 0 });
  program("two");
  const { code, said } = await upUntil(/Container .*(creating|created)/, () => engine.kill());
  expect(code).not.toBe(0);
  const lines = said
    .slice(said.indexOf("Diagnostics:"))
    .split("\n")
    .filter((line) => line.includes("error: "));
  // One tells it; every other one of Pulumi's lines is about a container that was not begun.
  expect(
    lines.filter((line) => line.includes("Docker Engine: stopped answering (connect ECONNREFUSED")),
  ).toHaveLength(1);
  expect(
    lines.filter(
      (line) =>
        !/Docker Engine: stopped answering|not started, because the Docker Engine stopped answering|see the other error|update failed/.test(
          line,
        ),
    ),
  ).toEqual([]);
  expect(said).toContain("next       check that docker info succeeds, then run dockwright up");
  expect(said).not.toMatch(/node:net|^\s+at /m);
  await engine.restart();
  expect(dockwright("up")).toMatchObject({ code: 0 });
});
