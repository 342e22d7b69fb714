/** P6: no copy of a build context stays in temporary folders, whatever becomes of the `up` that made it. */

import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compile } from "../faults/compile";
import { docker } from "./support/docker";
import { pause, signal } from "./support/processes";

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), "dw-test-staged-"));
const temporary = join(folder, "tmp");
const state = join(folder, "state");
const context = join(folder, "context");
const log = join(folder, "log");
const compiled = compile("test/engine/support/staged-program");
const serve = "trap 'exit 0' TERM; sleep infinity & wait";
const left = () => readdirSync(temporary).filter((name) => name.startsWith("dockwright"));

function start(words: string[], variables: Record<string, string> = {}): ChildProcess {
  // A file, not a pipe: what a killed run leaves behind keeps a pipe open.
  const out = openSync(log, "w");
  const child = spawn("pulumi", [...words, "--stack", "staged", "--non-interactive"], {
    cwd: compiled.folder,
    stdio: ["ignore", out, out],
    env: {
      ...process.env,
      TMPDIR: temporary,
      STAGED_CONTEXT: context,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...variables,
    },
  });
  closeSync(out);
  return child;
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
  });
const up = (variables: Record<string, string>) => ended(start(["up", "--yes", "--skip-preview"], variables));

beforeAll(async () => {
  for (const each of [temporary, state, context]) mkdirSync(each);
  writeFileSync(join(context, ".env.local"), "PASSWORD=hunter2\n");
  writeFileSync(
    join(compiled.folder, "Pulumi.yaml"),
    `name: dw-test\nmain: ${compiled.program}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`,
  );
  expect(await ended(start(["stack", "init"]))).toBe(0);
});
afterAll(async () => {
  await ended(start(["destroy", "--yes", "--skip-preview"]));
  const builds = docker("image", "ls", "-q", "dw-test-staged/*");
  if (builds !== "") docker("image", "rm", "-f", ...new Set(builds.split("\n")));
  for (const each of [folder, compiled.folder]) rmSync(each, { recursive: true, force: true });
});

test("P6 a preview copies nothing, and an up leaves no copy if a container or the build fails", async () => {
  expect(await ended(start(["preview"], { STAGED_COMMAND: "exit 3" }))).toBe(0);
  expect(left()).toEqual([]);
  for (const STAGED_BUILD of ["true", "true # again", "exit 4"]) {
    expect(await up({ STAGED_BUILD, STAGED_COMMAND: "exit 3" })).not.toBe(0);
    expect(left()).toEqual([]);
  }
});

test("P6 a killed up leaves nothing either, and the next one builds from the context itself", async () => {
  const killed = start(["up", "--yes", "--skip-preview"], {
    STAGED_BUILD: "sleep 15",
    STAGED_COMMAND: serve,
  });
  const isBuilding = () => readFileSync(log, "utf8").includes("COPY . /srv/");
  for (let waited = 0; !isBuilding() && waited < 600; waited++) await pause(100);
  expect(isBuilding()).toBe(true);
  expect(left()).toEqual([]);
  const end = ended(killed);
  signal(killed.pid ?? 0, "SIGKILL");
  await end;
  expect(left()).toEqual([]);
  rmSync(join(state, ".pulumi/locks"), { recursive: true, force: true });

  const code = await up({ STAGED_BUILD: "true # corrected", STAGED_COMMAND: serve });
  expect(`${String(code)} ${code === 0 ? "" : readFileSync(log, "utf8")}`).toBe("0 ");
  expect(left()).toEqual([]);
  expect(docker("exec", "dw-test-staged-web", "cat", "/srv/.env.local")).toBe("PASSWORD=hunter2");
});
