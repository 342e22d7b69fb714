/** The command `dockwright config`, as it is typed. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { folderOf, type Said, type } from "./support/command";

const ROOT = join(__dirname, "../..");

const run = (fixture: string, ...words: readonly string[]): Said => type(fixture, "config", ...words);

/** In a process of its own. */
function typed(fixture: string, ...words: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--require",
      join(ROOT, "node_modules/ts-node/register/transpile-only"),
      join(ROOT, "components/cli/main.ts"),
      "config",
      ...words,
    ],
    {
      cwd: folderOf(fixture),
      encoding: "utf8",
      env: {
        PATH: "/usr/bin:/bin",
        HOME: "/home/user",
        TS_NODE_PROJECT: join(ROOT, "tools/tsconfig.run.json"),
      },
    },
  );
  return { code: status, out: stdout, err: stderr };
}

test("it finds the file and its override, and prints YAML", () => {
  expect(run("merge-environment-lists")).toEqual({
    code: 0,
    err: "",
    out: `name: merge-environment-lists
services:
  web:
    environment:
      A: null
      B: "3"
    image: nginx
    networks:
      default: null
networks:
  default:
    ipam: {}
    name: merge-environment-lists_default
`,
  });
});

test("it prints JSON, and what it thinks of it to stderr", () => {
  const { code, out, err } = run("version-number", "-f", "compose.yaml", "-p", "shop", "--format", "json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ name: "shop", services: { web: { image: "nginx" } } });
  expect(err).toBe("warning: compose.yaml:1:10: version: is obsolete; remove it\n");
});

test("unsupported keys are reported", () => {
  const { code, err } = run("hooks");
  expect(code).toBe(0);
  expect(err).toContain(
    "warning: compose.yaml:4:5: services.web.post_start: dockwright refuses this: is not supported by Pulumi's Docker provider; make it part of",
  );
});

test("faults end with 1, and nothing is printed", () => {
  expect(run("unknown-key-of-a-service", "-f", "compose.yaml")).toEqual({
    code: 1,
    out: "",
    err: `error: the Compose project has 2 faults
  compose.yaml:3:5: services.web.imagee: is not a known key; did you mean "image"?
  compose.yaml:5:5: services.web.prots: is not a known key; did you mean "ports"?
`,
  });
});

test("without a file it says so", () => {
  expect(run("..", "-f", "nowhere.yaml")).toMatchObject({ code: 1, out: "" });
});

test("as a command: printed is 0, a fault is 1, a usage error is 1", () => {
  expect(typed("smallest", "--format", "json")).toMatchObject({ code: 0, err: "" });
  expect(typed("unknown-key-at-the-top")).toMatchObject({ code: 1, out: "" });
  const { code, err } = typed("smallest", "--formatt", "json");
  expect(code).toBe(1);
  expect(err).toMatch(
    /^error: unknown option '--formatt'; did you mean "--format"\?\nusage: dockwright config /,
  );
  expect(err.split("\n")).toHaveLength(4);
}, 60_000);
