/** What all commands have in common: help, version, usage errors, and one table of exit codes. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { causeIn } from "../../components/cli/pulumi/ask-preview";
import { EXIT_CODES } from "../../components/cli/command";
import { readCommand, shortUsage, USAGE } from "../../components/cli/commands";
import { fast } from "../../components/cli/commands/preview";
import { typed } from "./typed";

const root = join(__dirname, "../..");
const commands = ["up", "down", "preview", "review", "diff", "config", "convert", "types", "check", "audit"];

test("help lists every command, and the exit codes", async () => {
  for (const words of [["help"], ["--help"], ["-h"]])
    expect(await readCommand(words)).toEqual({ kind: "help", usage: USAGE });
  for (const name of [...commands, "help", "version"]) expect(USAGE).toMatch(new RegExp(`^  ${name} `, "m"));
  expect(USAGE).toContain(EXIT_CODES);
});

test.each(commands)("%s has a help of its own, with the same exit codes", async (name) => {
  const [help] = await Promise.all([readCommand([name, "--help"])]);
  expect(help).toMatchObject({ kind: "help" });
  expect(await readCommand(["help", name])).toEqual(help);
  expect(await readCommand([name, "-h"])).toEqual(help);
  const { usage } = help as { usage: string };
  expect(usage).toMatch(new RegExp(`^usage: dockwright ${name} `));
  expect(usage.endsWith(EXIT_CODES)).toBe(true);
  expect(shortUsage(usage).split("\n")).toHaveLength(3);
});

test.each([["version"], ["--version"], ["-V"]])("%s is asked for", async (word) => {
  expect(await readCommand([word])).toEqual({ kind: "version" });
});

test.each([
  [["pre"], 'unknown command pre; did you mean "preview"?'],
  [["reviwe"], 'unknown command reviwe; did you mean "review"?'],
  [["help", "dwon"], 'unknown command dwon; did you mean "down"?'],
  [["constructor"], "unknown command constructor"],
  [[], "missing command"],
  [["check", "--fail-onn", "low"], "unknown option '--fail-onn'; did you mean \"--fail-on\"?"],
  [["up", "--approved", "a", "--approved=b"], "--approved may be given only once"],
])("P10 %j is a usage error", async (words, why) => {
  expect(await typed(words)).toEqual({ kind: "wrong", why });
});

test("--adopt is dockwright's own, of up and preview", async () => {
  expect(await typed(["up", "--adopt", "--yes"])).toMatchObject({ adopt: true, options: ["--yes"] });
  expect(await typed(["preview", "--diff", "--adopt"])).toMatchObject({ adopt: true, options: ["--diff"] });
  expect(await typed(["up"])).toMatchObject({ adopt: false });
});

test("a preview uses the faster settings, unless the user has set others", () => {
  expect(fast({})).toEqual({ PULUMI_NODEJS_TRANSPILE_ONLY: "true", NODE_OPTIONS: "--stack-trace-limit=0" });
  expect(fast({ NODE_OPTIONS: "--trace-warnings", PULUMI_NODEJS_TRANSPILE_ONLY: "false" })).toEqual({
    NODE_OPTIONS: "--trace-warnings --stack-trace-limit=0",
  });
  expect(fast({ NODE_OPTIONS: "--stack-trace-limit=9", PULUMI_NODEJS_TRANSPILE_ONLY: "" })).toEqual({});
});

test("the cause of a preview that failed is what Pulumi gives as its error", () => {
  expect(causeIn("Downloading plugin\nerror: no stack named 'prod' found\n\n")).toBe(
    "no stack named 'prod' found",
  );
  expect(causeIn("error: one\n  more of it\nerror: two\n")).toBe(
    "one\n          more of it\n        error: two",
  );
  expect(causeIn("warning: nothing\n")).toBeUndefined();
});

describe("as a command", () => {
  const dockwright = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/ts-node/dist/bin.js"),
        ...[
          "--swc",
          "--project",
          join(root, "tools/tsconfig.run.json"),
          join(root, "components/cli/main.ts"),
        ],
        ...words,
      ],
      { encoding: "utf8", cwd: join(root, "test/compose/fixtures/smallest") },
    );
    return { code: status, out: stdout, err: stderr };
  };

  test("0, 1 and 2 mean the same whatever is typed", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(dockwright("--version")).toEqual({ code: 0, out: `dockwright ${version}\n`, err: "" });
    expect(dockwright("previeww")).toEqual({
      code: 1,
      out: "",
      err: 'error: unknown command previeww; did you mean "preview"?\nusage: dockwright COMMAND [OPTION...]\n       dockwright help  for details\n',
    });
    expect(dockwright("check", "--fail-on", "low").code).toBe(2);
    expect(dockwright("check", "--fail-on", "never").code).toBe(0);
  }, 60_000);
});
