/** A Compose project whose passwords come out of files of variables, through `up`, preview, review and state of a real run. */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { docker } from "./support/docker";

jest.setTimeout(600_000);

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dw-variables-"));
const PROJECT = "dw-test-variables";

const env = {
  ...process.env,
  PULUMI_BACKEND_URL: `file://${folder}/state`,
  PULUMI_CONFIG_PASSPHRASE: "test",
  NO_COLOR: "",
};

/** All that any command printed. */
let printed = "";

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
  printed += stdout + stderr;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** The command from its sources, in the folder of the program. */
function review(): void {
  const main = join(root, "components/cli/main.ts");
  const tsNode = [join(root, "node_modules/ts-node/dist/bin.js"), "--swc"];
  const project = ["--project", join(root, "tools/tsconfig.run.json")];
  const words = ["review", "--stack", "variables", "--format", "markdown"];
  const { stdout, stderr } = spawnSync(process.execPath, [...tsNode, ...project, main, ...words], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  printed += stdout + stderr;
  expect(stdout).toContain("shop-web");
}

const files = (password: string): void => {
  writeFileSync(join(folder, ".env"), `PW=${password}-of-dotenv\n`);
  writeFileSync(join(folder, "vars.env"), `TOKEN=${password}-of-env-file\n`);
};

beforeAll(() => {
  mkdirSync(join(folder, "state"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, "compose.yaml"),
    `
name: ${PROJECT}
services:
  web:
    image: debian:bookworm-slim
    command: ["sh", "-c", "echo $\${PW} > /dev/null; exec sleep infinity"]
    environment: { PW: "\${PW}", URL: "https://user:\${PW}@db/" , MODE: plain }
    env_file: vars.env
    labels: { auth: "user:\${PW}", team: plain }
    healthcheck: { test: ["CMD", "test", "-n", "\${PW}"], interval: 1s }
    logging: { driver: json-file, options: { tag: "\${PW}" } }
    configs: [site]
    stop_grace_period: 1s
  built:
    build: { context: ., dockerfile_inline: "FROM debian:bookworm-slim\\nARG KEY\\n", args: { KEY: "\${PW}" } }
    command: [sleep, infinity]
    stop_grace_period: 1s
configs: { site: { content: "password = \${PW}" } }
`,
  );
  writeFileSync(join(folder, ".dockerignore"), "*\n");
  writeFileSync(
    join(folder, "index.ts"),
    `import { ComposeProject } from "${root}/components";

new ComposeProject("shop", { files: "compose.yaml", protectVolumes: false });
`,
  );
  writeFileSync(join(folder, "Pulumi.yaml"), "name: dw-test\nruntime: nodejs\nmain: index.ts\n");
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.base.json"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    '{ "extends": "./tsconfig.base.json", "ts-node": { "swc": true } }',
  );
  run("pulumi", "stack", "init", "variables", "--non-interactive");
});

afterAll(() => {
  try {
    run("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
  } finally {
    const builds = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", `${PROJECT}/*`);
    for (const build of builds.split("\n").filter((each) => each !== "")) docker("image", "rm", build);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Every file of the backend, former versions of the state among them. */
function stateText(at = join(folder, "state")): string {
  return readdirSync(at, { withFileTypes: true })
    .map((entry) => {
      const path = join(at, entry.name);
      return entry.isDirectory() ? stateText(path) : readFileSync(path, "latin1");
    })
    .join("\n");
}

test("P8 passwords of .env and env_file reach the container, and are in no state, output, preview or review", () => {
  files("first-password");
  run("pulumi", "up", "--yes", "--diff", "--non-interactive");
  const told = docker("inspect", `${PROJECT}-web-1`);
  expect(told).toContain("PW=first-password-of-dotenv");
  expect(told).toContain("TOKEN=first-password-of-env-file");
  expect(docker("exec", `${PROJECT}-web-1`, "cat", "/site")).toBe("password = first-password-of-dotenv");
  expect(run("pulumi", "preview", "--json", "--non-interactive")).not.toMatch(
    /"op": "(update|replace|create)"/,
  );

  files("second-password");
  run("pulumi", "preview", "--diff", "--non-interactive");
  review();
  run("pulumi", "up", "--yes", "--diff", "--non-interactive");
  expect(docker("inspect", `${PROJECT}-web-1`)).toContain("PW=second-password-of-dotenv");
  run("pulumi", "preview", "--diff", "--refresh", "--non-interactive");
  run("pulumi", "stack", "export");

  expect(printed).toContain("[secret]");
  for (const text of [printed, stateText()]) {
    const found = text.match(/.*(first|second)-password.*/g) ?? [];
    expect(found).toEqual([]);
    for (const word of ["first-password", "second-password"])
      expect(text).not.toContain(Buffer.from(`password = ${word}`).toString("base64").slice(0, 24));
  }
});
