/** Deletions and changes that a killed run had begun: the next `dockwright up` or `down` settles them, and converges. */

import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { docker, inspect } from "./support/docker";

jest.setTimeout(400_000);

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dw-interrupted-"));
const SCOPE = "dw-test-interrupted";
const web = `${SCOPE}-web`;
const env = {
  ...process.env,
  PULUMI_BACKEND_URL: `file://${folder}/state`,
  PULUMI_CONFIG_PASSPHRASE: "test",
};
const MAIN = [
  join(root, "node_modules/ts-node/dist/bin.js"),
  ...["--swc", "--project", join(root, "tools/tsconfig.run.json"), join(root, "components/cli/main.ts")],
];

function run(
  command: string,
  args: string[],
  input = "",
): { code: number | null; said: string; out: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8", input });
  return { code: status, said: `${stdout}${stderr}`, out: stdout };
}
const pulumi = (...words: string[]) =>
  run("pulumi", [...words, "--stack", "interrupted", "--non-interactive"]);
const dockwright = (verb: string) =>
  run(process.execPath, [...MAIN, verb, "--yes", "--skip-preview", "--stack", "interrupted"]);

interface State {
  deployment: {
    resources: { type: string; id?: string; urn: string }[];
    pending_operations?: { type: string; resource: object }[];
  };
}
const exported = (): State => JSON.parse(pulumi("stack", "export").out) as State;
const ours = (kind: string): string =>
  docker(kind, "ls", "-q", "--filter", `label=com.docker.compose.project=${SCOPE}`);

const stateFile = join(folder, "state/.pulumi/stacks/dw-test/interrupted.json");

/** Writes operations into the state, as a killed run leaves them; an import would drop them. */
function leave(...operations: [kind: "creating" | "deleting" | "updating", type: string][]): void {
  const state = JSON.parse(readFileSync(stateFile, "utf8")) as {
    checkpoint: { latest: State["deployment"] };
  };
  const { latest } = state.checkpoint;
  latest.pending_operations = operations.map(([type, kind]) => {
    const resource = latest.resources.find((each) => new RegExp(`^docker:.*:${kind}$`).test(each.type));
    expect(resource).toBeDefined();
    return { type, resource: resource as object };
  });
  writeFileSync(stateFile, JSON.stringify(state));
  rmSync(`${stateFile}.attrs`, { force: true });
  expect(exported().deployment.pending_operations).toHaveLength(operations.length);
}

beforeAll(() => {
  mkdirSync(join(folder, "state"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.base.json"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    `{ "extends": "./tsconfig.base.json", "ts-node": { "swc": true } }`,
  );
  writeFileSync(join(folder, "Pulumi.yaml"), "name: dw-test\nruntime: nodejs\nmain: index.ts\n");
  writeFileSync(
    join(folder, "index.ts"),
    `import { BridgeNetwork, Container, Dockerfile, Image, Volume } from "${root}/components";
const image = new Image("image", { build: { dockerfile: Dockerfile.from("debian:bookworm-slim").run("echo interrupted > /it") }, keepBuilds: 0 });
const front = new BridgeNetwork("front");
const data = new Volume("data", { protect: false });
new Container("web", {
  image,
  // It does not end before it is killed, so that its deletion takes its time.
  command: ["sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"],
  networks: [front],
  mounts: [{ volume: data, path: "/data" }],
  monitorSeconds: 1,
  stopGraceSeconds: 12,
});
`,
  );
  expect(run("pulumi", ["stack", "init", "interrupted", "--non-interactive"]).code).toBe(0);
});

afterAll(() => {
  dockwright("down");
  for (const volume of ours("volume").split("\n")) if (volume !== "") docker("volume", "rm", volume);
  rmSync(folder, { recursive: true, force: true });
});

test("P6 a run killed during deletions and updates: missing objects are recreated, existing ones stay", () => {
  expect(dockwright("up")).toMatchObject({ code: 0 });
  const image = docker("inspect", "--format", "{{.Config.Image}}", web);
  const before = { web: inspect(web).Id, network: ours("network"), volume: ours("volume") };
  leave(
    ["deleting", "Container"],
    ["deleting", "RemoteImage"],
    ["updating", "Network"],
    ["deleting", "Volume"],
    ["creating", "Network"],
  );
  docker("rm", "-f", web);
  docker("rmi", "-f", image);

  const { code, said } = dockwright("up");
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(
      /Container web.*no longer on the host, removed from the state; .*Network front.*still on the host/,
    ),
  ]);
  expect(said).not.toContain("pending operations");
  expect(exported().deployment.pending_operations ?? []).toEqual([]);
  expect(inspect(web).Id).not.toBe(before.web);
  expect({ network: ours("network"), volume: ours("volume") }).toEqual({
    network: before.network,
    volume: before.volume,
  });
  expect(pulumi("preview", "--expect-no-changes").code).toBe(0);
});

test("P6 a container that is still stopping after its run was killed serves again after the next up", async () => {
  // Its program ignores the signal: the Engine kills it at the end of its grace period, whether or not the client waits.
  const stop = spawn("docker", ["stop", "--time", "12", web], { stdio: "ignore" });
  const asked = Date.now();
  const ended = new Promise((done) => stop.once("exit", done));
  await pause(500);
  stop.kill("SIGKILL");
  await ended;
  expect(inspect(web).State.Status).toBe("running");

  expect(dockwright("up")).toMatchObject({ code: 0 });
  for (const until = asked + 14_000; Date.now() < until;) await pause(100);
  expect(inspect(web).State.Status).toBe("running");
});

test("P6 pulumi destroy is killed: the next up converges, and the next down removes everything", async () => {
  const down = spawn(
    process.execPath,
    [...MAIN, "down", "--yes", "--skip-preview", "--stack", "interrupted"],
    {
      cwd: folder,
      env,
      stdio: "ignore",
    },
  );
  const ended = new Promise((done) => down.once("exit", done));
  for (const until = Date.now() + 60_000; !readFileSync(stateFile, "utf8").includes('"deleting"');) {
    if (Date.now() > until) throw new Error("nothing was deleted");
    await pause(20);
  }
  const [child = ""] = run("pgrep", ["-P", String(down.pid), "-x", "pulumi"]).out.split("\n");
  process.kill(Number(child), "SIGKILL");
  await ended;
  expect(exported().deployment.pending_operations?.map(({ type }) => type)).toContain("deleting");

  const { code, said } = dockwright("up");
  expect([code, said]).toEqual([
    0,
    expect.stringContaining("settled unfinished operations of an interrupted run"),
  ]);
  expect(said).not.toContain("pending operations");
  expect(inspect(web).State.Status).toBe("running");
  expect(exported().deployment.pending_operations ?? []).toEqual([]);

  expect(dockwright("down")).toMatchObject({ code: 0 });
  expect([ours("container"), ours("network")]).toEqual(["", ""]);
});
