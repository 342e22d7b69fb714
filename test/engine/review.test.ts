/** The command `dockwright review`, and what follows from it, on a real stack. */

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

import { docker, inspect } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(600_000);

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dw-review-"));
const approval = join(folder, "approval.json");
const web = "dw-test-review-web";
let port = 0;

const env = {
  ...process.env,
  PULUMI_BACKEND_URL: `file://${folder}/state`,
  PULUMI_CONFIG_PASSPHRASE: "test",
  NO_COLOR: "",
};

function run(command: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

/** The command from its sources, in the folder of the program. */
function dockwright(...words: string[]): ReturnType<typeof run> {
  const tsNode = join(root, "node_modules/ts-node/dist/bin.js");
  const project = join(root, "tools/tsconfig.run.json");
  return run(
    process.execPath,
    tsNode,
    "--swc",
    "--project",
    project,
    join(root, "components/cli/main.ts"),
    ...words,
  );
}

const review = (...words: string[]) => dockwright("review", "--stack", "review", ...words);

const own = (stack: string): string[] =>
  ["project=dw-test", `stack=${stack}`].flatMap((each) => ["--filter", `label=io.dockwright.${each}`]);

interface Edit {
  readonly greeting?: string;
  readonly expose?: boolean;
  readonly withCache?: boolean;
}

/** The program, in which a volume may lose its data and a port may be public. */
function write({ greeting = "hello", expose = false, withCache = true }: Edit): void {
  writeFileSync(
    join(folder, "index.ts"),
    `import * as pulumi from "@pulumi/pulumi";
import { Container, Image, Volume } from "${root}/components";

const image = new Image("web", { build: { context: "site" } });
${withCache ? 'const cache = new Volume("cache", { whenDestroyed: "lose-data" });' : ""}
export const web = new Container("web", {
  image,
  ports: [{ container: 80, host: ${String(port)}${expose ? ', expose: "public" as const' : ""} }],
  mounts: [${withCache ? '{ volume: cache, path: "/cache" }' : ""}],
  environment: { GREETING: "${greeting}", LEVEL: new pulumi.Config().get("level") ?? "info" },
  monitorSeconds: 1,
  stopGraceSeconds: 1,
}).containerName;
`,
  );
}

beforeAll(async () => {
  port = await freePort();
  mkdirSync(join(folder, "state"));
  mkdirSync(join(folder, "site"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.base.json"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    `{ "extends": "./tsconfig.base.json", "ts-node": { "swc": true } }`,
  );
  writeFileSync(join(folder, "Pulumi.yaml"), "name: dw-test\nruntime: nodejs\nmain: index.ts\n");
  writeFileSync(join(folder, "site/Dockerfile"), 'FROM debian:bookworm-slim\nCMD ["sleep", "1000"]\n');
  write({});
  for (const stack of ["review", "review-other"]) expect(run("pulumi", "stack", "init", stack).code).toBe(0);
});

afterAll(() => {
  run("pulumi", "destroy", "--yes", "--skip-preview", "--stack", "review");
  for (const name of docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "dw-test-review/*").split(
    "\n",
  ))
    if (name !== "") docker("image", "rm", name);
  rmSync(folder, { recursive: true, force: true });
});

test("reports what a first up would create, and creates nothing", () => {
  const { code, out, err } = review();
  expect([code, err]).toEqual([2, expect.stringContaining("nothing is changed")]);
  expect(out).toContain('container "web", image "web" and volume "cache" are added');
  expect(docker("ps", "-aq", ...own("review"))).toBe("");
});

test("exit code 0 where nothing changes", () => {
  expect(run("pulumi", "up", "--yes", "--skip-preview", "--stack", "review").code).toBe(0);
  const { code, out } = review("--fail-on", "data-loss,outage,exposure,privilege");
  expect([code, out.split("\n")[0]]).toEqual([0, "Nothing changes."]);
});

test("exit code 2 for a change, 3 where its kind must be approved, 1 for what cannot be reviewed", () => {
  write({ greeting: "good day" });
  const plain = review("--format", "json");
  expect(plain.code).toBe(2);
  expect(JSON.parse(plain.out)).toMatchObject({
    schemaVersion: 1,
    stack: "review",
    worst: "outage",
    components: [{ title: 'container "web"', source: { file: "index.ts", line: 6 } }],
  });
  const asked = review("--fail-on", "outage");
  expect([asked.code, asked.err]).toEqual([3, expect.stringContaining("dockwright review --approve FILE")]);
  expect(review("--fail-on", "data-loss").code).toBe(2);
  expect(dockwright("review", join(folder, "Pulumi.yaml")).code).toBe(1);
  expect(dockwright("review", "--stack", "nobody").err).toContain("no stack named 'nobody'");
});

test("P2 an approved up is applied, and one that exceeds the approval is refused before anything is changed", () => {
  const before = inspect(web);
  const accepted = review("--approve", approval);
  expect([accepted.code, accepted.err]).toEqual([
    2,
    expect.stringContaining(`dockwright up --approved ${approval}`),
  ]);
  expect(readFileSync(approval, "utf8")).not.toContain("good day");

  const up = dockwright("up", "--approved", approval, "--yes", "--skip-preview", "--stack", "review");
  expect([up.code, up.err]).toEqual([0, expect.stringContaining("the plan does not exceed")]);
  const after = inspect(web);
  expect(after.Id).not.toBe(before.Id);
  expect(after.Config.Env).toContain("GREETING=good day");

  write({ greeting: "good evening", expose: true });
  const worse = dockwright("up", "--approved", approval, "--yes", "--skip-preview", "--stack", "review");
  expect(worse.code).toBe(3);
  expect(worse.err).toContain(
    `exposure widened: other machines reach its port 80/tcp at 0.0.0.0:${String(port)} (accepted: brief outage)`,
  );
  expect(worse.err).toContain(
    `next  review and approve it:  dockwright review --stack review --approve ${approval}`,
  );
  const still = inspect(web);
  expect([still.Id, still.State.StartedAt]).toEqual([after.Id, after.State.StartedAt]);

  expect(review("--approved", approval).code).toBe(3);
  write({ greeting: "good night" });
  expect(review("--approved", approval, "--fail-on", "outage").code).toBe(2);
});

test("P9 with an empty approval, no option can replace a container", () => {
  write({ greeting: "good day" });
  const nothing = join(folder, "nothing.json");
  expect(review("--approve", nothing).code).toBe(0);
  const before = inspect(web);
  const urn = "urn:pulumi:review::dw-test::dockwright:index:Container$docker:index/container:Container::web";
  const up = (...options: string[]) =>
    dockwright("up", "--approved", nothing, "--yes", "--skip-preview", "--stack", "review", ...options);
  for (const options of [["--target-replace", urn], [`--replace=${urn}`], ["-yt", urn, "--replace", urn]]) {
    const { code, err } = up(...options);
    expect([options, code, err]).toEqual([options, 3, expect.stringContaining("exceeds the approval")]);
  }
  expect(up("--continue-on-error")).toMatchObject({ code: 1 });
  writeFileSync(nothing, readFileSync(nothing, "utf8").replace('"dw-test"', '"dw-test2"'));
  expect(up().err).toContain("it was edited after it was recorded");
  expect(inspect(web).State.StartedAt).toBe(before.State.StartedAt);
});

test("data loss is reported with the mounting containers and the size; without an Engine, one line says that they are missing", () => {
  docker("exec", web, "sh", "-c", "head -c 3000000 /dev/zero > /cache/blob && sync");
  write({ greeting: "good day", withCache: false });
  const { code, out } = review("--fail-on", "data-loss");
  expect(code).toBe(3);
  expect(out).toContain('Data of volume "cache" is lost');
  expect(out.replace(/\s+/g, " ")).toContain(`it holds 3.0 MB and is mounted by ${web}`);

  const saved = join(folder, "preview.json");
  const preview = run("pulumi", "preview", "--json", "--show-sames", "--stack", "review");
  writeFileSync(saved, preview.out);
  const tsNode = join(root, "node_modules/ts-node/dist/bin.js");
  const blind = spawnSync(
    process.execPath,
    [
      tsNode,
      "--swc",
      "--project",
      join(root, "tools/tsconfig.run.json"),
      join(root, "components/cli/main.ts"),
      "review",
      "-",
    ],
    {
      cwd: folder,
      env: { ...env, DOCKER_HOST: `unix://${folder}/nobody.sock` },
      input: preview.out,
      encoding: "utf8",
    },
  );
  expect(blind.status).toBe(2);
  expect(blind.stdout).toContain("is removed with its data");
  expect(blind.stdout).toMatch(/are not included: the Docker Engine is not reachable \([^]*ENOENT/);
});

test("two stacks are compared field by field, and neither is changed", () => {
  write({ greeting: "good day" });
  run("pulumi", "config", "set", "level", "debug", "--stack", "review-other");
  const { code, out, err } = dockwright("diff", "review", "review-other");
  expect([code, err]).toEqual([2, expect.not.stringContaining("error")]);
  expect(out).toBe(
    'review | review-other: 1 resource differs\n\ncontainer "web"\n  environment.LEVEL: info | debug\n',
  );
  run("pulumi", "config", "rm", "level", "--stack", "review-other");
  const alike = dockwright("diff", "review", "review-other");
  expect([alike.code, alike.out]).toEqual([0, "review and review-other differ only in their names.\n"]);
  expect(docker("ps", "-aq", ...own("review-other"))).toBe("");
  expect(existsSync(join(folder, "state/.pulumi/stacks/dw-test/review-other.json"))).toBe(true);
});
