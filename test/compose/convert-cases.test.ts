/** `dockwright convert` on files whose variables and names a program could get wrong. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { transformSync } from "@swc/core";

import * as dockwright from "../../components";
import { run as convert } from "../../components/cli/commands/convert";
import { TAKEN } from "../../components/compose/program/variables";
import { run } from "../../components/testing";
import { typeFaults } from "./support/type-check";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "dw-convert-cases-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the command prints for a folder of files. */
function converted(name: string, files: Readonly<Record<string, string>>, environment = {}, check = false) {
  const home = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text);
  }
  const said = { out: "", err: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    jest.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream === "stdout" ? "out" : "err"] += String(text);
      return true;
    }),
  );
  try {
    const request = { files: [], profiles: [], envFiles: [], projectName: undefined, check };
    return { code: convert(request, { environment, folder: home }), ...said, home };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs a program under mocks, in its folder. */
async function ran(text: string, home: string, config: Record<string, string> = {}) {
  const { code } = transformSync(text, {
    module: { type: "commonjs" },
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  });
  const own = createRequire(join(root, "index.js"));
  const before = process.cwd();
  process.chdir(home);
  try {
    return await run(
      () => {
        // A program is code.
        // eslint-disable-next-line @typescript-eslint/no-implied-eval
        const program = new Function("require", "exports", "module", code) as (...given: unknown[]) => void;
        program((name: string) => (name === "dockwright" ? dockwright : (own(name) as unknown)), {}, {});
      },
      { config },
    );
  } finally {
    process.chdir(before);
  }
}

describe("variables stay variables", () => {
  const files = {
    "compose.yaml": `
services:
  web:
    image: "nginx:\${TAG:-1.27}"
    command: run --level \${LEVEL} --password \${DBPW} --plain
    environment:
      MODE: "\${MODE:-dev}"
      URL: "postgres://app:\${DBPW}@\${DBHOST:-db}/shop\`"
      NESTED: "\${FIRST:-\${SECOND:-third}}"
      OTHER: "\${MODE:+set}"
    env_file: vars.env
    ports: ["\${PORT:-8080}:80"]
    volumes: ["\${DATA:-./data}:/data"]
    mem_limit: "\${MEMORY:-64m}"
`,
    ".env": "DBPW=not-a-real-password\n",
    "vars.env": "TOKEN=another-hidden-word\n",
  };

  test("P8 the program reads settings; values of variable files are secrets, and nowhere in plain text", async () => {
    const { code, out, err, home } = converted("variables", files, { LEVEL: "debug" });
    expect(code).toBe(0);
    expect(out).not.toMatch(/not-a-real-password|another-hidden-word/);
    for (const line of [
      'MODE: config.get("MODE") ?? "dev"',
      'URL: pulumi.interpolate`postgres://app:${config.requireSecret("DBPW")}@${config.get("DBHOST") ?? "db"}/shop\\``',
      'NESTED: config.get("FIRST") ?? config.get("SECOND") ?? "third"',
      'OTHER: config.get("MODE") ? "set" : ""',
      'TOKEN: config.requireSecret("TOKEN")',
      'reference: `nginx:${config.get("TAG") ?? "1.27"}`',
      'host: Number(config.get("PORT") ?? "8080")',
      'bind: resolve(config.get("DATA") ?? "./data")',
      'config.require("LEVEL")',
    ])
      expect(out).toContain(line);
    expect(err).toContain(
      "services.web.mem_limit: uses the variable MEMORY, which the program does not read: it contains the current value",
    );
    for (const command of [
      "pulumi config set --secret DBPW\n",
      "pulumi config set --secret TOKEN\n",
      "pulumi config set LEVEL VALUE\n",
    ])
      expect(err).toContain(command);
    expect(typeFaults({ "converted-variables.ts": out })).toEqual([]);
    const config = { "shop:DBPW": "x", "shop:TOKEN": "y", "shop:LEVEL": "info", "shop:PORT": "9090" };
    const { error, get } = await ran(out, home, config);
    expect(error).toBeUndefined();
    expect(get("docker:index/container:Container", "web").inputs).toMatchObject({
      command: ["run", "--level", "info", "--password", { secret: "x" }, "--plain"],
      ports: [{ external: 9090, internal: 80 }],
    });
  }, 60_000);

  test("one name with two values becomes two settings", () => {
    const { out } = converted("two-values", {
      "compose.yaml": "services: { a: { image: x, env_file: a.env }, b: { image: x, env_file: b.env } }",
      "a.env": "KEY=first",
      "b.env": "KEY=second",
    });
    expect(out).toContain('KEY: config.requireSecret("KEY")');
    expect(out).toContain('KEY: config.requireSecret("b_KEY")');
  });
});

describe("names", () => {
  const NAMES = [
    "docker", "replica", "resolve", "as-compose", "read-file-sync", "arguments", "eval", "require", "exports",
    "module", "undefined", "pulumi", "config", "process", "ordinary-capabilities", "net-network-found", "net",
  ]; // prettier-ignore

  test("a program of services called like its own words type-checks, and is run", async () => {
    const services = NAMES.map(
      (name) =>
        `  ${name}: { image: x, networks: [net], volumes: [".:/here"], environment: { __proto__: "v", constructor: w } }`,
    );
    const { code, out, home } = converted("names", {
      "compose.yaml": `
services:
${services.join("\n")}
  many: { image: x, deploy: { replicas: 2 }, depends_on: [${NAMES.join(", ")}], volumes: [/anonymous] }
  last: { image: x, depends_on: [many], secrets: [key], configs: [setting] }
networks: { net: { external: true } }
secrets: { key: { file: ./key.txt } }
configs: { setting: { environment: SETTING } }
`,
      "key.txt": "a key",
    });
    expect(code).toBe(0);
    expect(out).toContain('["__proto__"]: "v"');
    expect(typeFaults({ "converted-names.ts": out })).toEqual([]);
    const { error, byType, get } = await ran(out, home, { "shop:SETTING": "a setting" });
    expect(error).toBeUndefined();
    expect(byType("docker:index/container:Container")).toHaveLength(NAMES.length + 3);
    expect(get("docker:index/container:Container", "eval").inputs).toMatchObject({
      envs: ["__proto__=v", "constructor=w"],
    });
  }, 60_000);

  test("every global of Node.js is taken", () => {
    const globals = Object.getOwnPropertyNames(Object.getPrototypeOf(globalThis) === null ? {} : globalThis);
    const known = globals.filter((name) =>
      /^[A-Z]|^(console|process|structuredClone|fetch|global)$/.test(name),
    );
    expect(known.filter((name) => !TAKEN.has(name))).toEqual([]);
  });
});

test("a path that the Dockerfile declares as VOLUME gets the volume that a ComposeProject would make", async () => {
  const { code, out, home } = converted("declared", {
    "compose.yaml": `
name: declared
services:
  app:
    build: { dockerfile_inline: "FROM debian:bookworm-slim\\nVOLUME /tmp\\nVOLUME /var/lib/data\\n" }
    volumes: ["kept:/var/lib"]
  file: { build: app, deploy: { replicas: 2 } }
volumes: { kept: {} }
`,
    "app/Dockerfile": "FROM scratch\nVOLUME /state\n",
  });
  expect(code).toBe(0);
  expect(out).toContain('{ volume: new Volume("app-tmp"), path: "/tmp" }');
  expect(out).toContain('{ volume: new Volume(`file-state-${String(replica)}`), path: "/state" }');
  const { error, byType } = await ran(out, home);
  expect(error).toBeUndefined();
  expect(byType("docker:index/volume:Volume").map(({ name }) => name)).toEqual([
    "kept",
    "app-tmp",
    "file-state-1",
    "file-state-2",
  ]);
});
