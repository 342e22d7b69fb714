/** The command `dockwright convert`, as it is typed. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { usage as CONVERT_USAGE } from "../../components/cli/commands/convert";
import { typed } from "../tools/typed";
import { type } from "./support/command";

const golden = (name: string): string => readFileSync(join(__dirname, "golden", name), "utf8");

/** The one key of these files that the provider cannot set. */
const exposeAlone = expect.stringMatching(
  /^warning: compose\.yaml:\d+:\d+: services\.\w+\.expose: [^\n]+\n$/,
) as unknown;

test("a file becomes a program of components", () => {
  expect(type("tutorial-three-tiers", "convert")).toEqual({
    code: 0,
    err: exposeAlone,
    out: golden("three-tiers.ts.txt"),
  });
});

test("comments come along, each to what it is about", () => {
  expect(type("comments", "convert")).toEqual({ code: 0, err: exposeAlone, out: golden("comments.ts.txt") });
});

test("--check lists the unsupported keys, each with its place and an alternative", () => {
  expect(type("limits", "convert", "--check")).toEqual({ code: 1, err: "", out: golden("limits.txt") });
});

test("a file with unsupported keys is not converted", () => {
  const { code, out, err } = type("limits", "convert", "compose.yaml");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^error: compose\.yaml:\d+:\d+: services\./);
  expect(err).toContain("; no program was written\n");
});

test("--check of a sound file is one line", () => {
  expect(type("healthcheck-disable-false", "convert", "--check")).toEqual({
    code: 0,
    err: "",
    out: "healthcheck-disable-false: all keys are supported\n",
  });
});

test("what was typed", async () => {
  expect(await typed(["convert", "a.yaml", "-f", "b.yaml", "--check", "--profile", "x"])).toEqual({
    kind: "convert",
    files: ["a.yaml", "b.yaml"],
    profiles: ["x"],
    envFiles: [],
    projectName: undefined,
    check: true,
  });
  expect(await typed(["convert", "--help"])).toEqual({ kind: "help", usage: CONVERT_USAGE });
  expect(await typed(["convert", "--nope"])).toMatchObject({ kind: "wrong" });
});
