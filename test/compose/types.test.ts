/** The command `dockwright types`, as it is typed, and what TypeScript makes of a program with its type. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { usage as TYPES_USAGE } from "../../components/cli/commands/types";
import { typed } from "../tools/typed";
import { type } from "./support/command";
import { typeFaults } from "./support/type-check";

const golden = (name: string): string => readFileSync(join(__dirname, "golden", name), "utf8");

test("the names of the services become a type", () => {
  expect(type("tutorial-three-tiers", "types")).toEqual({ code: 0, err: "", out: golden("services.ts.txt") });
});

test("the first line is the command that was used", () => {
  const { out } = type("profiles-chosen", "types", "-f", "compose.yaml", "--profile", "debug", "-p", "shop");
  expect(out.split("\n")[0]).toBe(
    "// Written by `dockwright types -f compose.yaml --profile debug -p shop`: regenerate it when the services of the files change.",
  );
});

test("services that are off are not in it", () => {
  const of = (...words: string[]): string | undefined =>
    type("profiles-chosen", "types", ...words).out.split("\n")[1];
  expect(of("--profile", "debug")).not.toBe(of());
});

test("a project with faults has no type", () => {
  const { code, out, err } = type("unknown-key-of-a-service", "types");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^error: the Compose project has 2 faults\n {2}compose\.yaml:\d+:\d+: services\./);
});

test("what was typed wrongly", async () => {
  expect(await typed(["types", "--help"])).toEqual({ kind: "help", usage: TYPES_USAGE });
  expect(await typed(["types", "--format", "json"])).toMatchObject({ kind: "wrong" });
});

const program = (given: string, overrides: string, use: string): string => `
import { ComposeProject } from "dockwright";
${type("tutorial-three-tiers", "types").out}
const shop = new ComposeProject${given}("shop", { files: "compose.yaml", overrides: { ${overrides} } });
export const url = shop.services.${use}.url(80);
type _ = Services;
`;

test("TypeScript knows the services by name", () => {
  const faults = typeFaults({
    "right.ts": program("<Services>", "backend: { memoryMiB: 64 }", "proxy"),
    "wrong-override.ts": program("<Services>", "bakend: { memoryMiB: 64 }", "proxy"),
    "wrong-service.ts": program("<Services>", "backend: { memoryMiB: 64 }", "prxy"),
    // Without the type every name may be one.
    "any-name.ts": program("", "web: {}, backend: { memoryMiB: 64 }", "proxy?"),
    "not-sure.ts": program("", "proxy: {}", "proxy"),
  });
  expect(faults).toEqual([
    expect.stringMatching(/^wrong-override\.ts: .*'bakend' does not exist in type/),
    expect.stringMatching(/^wrong-service\.ts: Property 'prxy' does not exist/),
    "not-sure.ts: 'shop.services.proxy' is possibly 'undefined'.",
  ]);
}, 60_000);
