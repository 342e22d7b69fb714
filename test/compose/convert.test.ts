/** Every sample, and every fixture that can be planned: its program type-checks, and makes what the ComposeProject makes. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { transformSync } from "@swc/core";

import * as dockwright from "../../components";
import { ComposeError } from "../../components/compose/source/faults";
import { loadCompose } from "../../components/compose/load";
import { readIfThere } from "../../components/compose/disk";
import { type Converted, convertPlan } from "../../components/compose/program/program";
import { Remarks } from "../../components/compose/program/remarks";
import { judgeProject } from "../../components/compose/judge";
import { withDeclaredVolumes } from "../../components/compose/host/declared";
import type { ComposePlan } from "../../components/compose/host/plan";
import { type Registered, run } from "../../components/testing";
import { fixtures, samples } from "./support/fixtures";
import { optionsOf } from "./support/own";
import { typeFaults } from "./support/type-check";

const root = resolve(__dirname, "../..");
const copies = mkdtempSync(join(tmpdir(), "dw-convert-"));
beforeAll(() => jest.spyOn(console, "warn").mockImplementation());
afterAll(() => rmSync(copies, { recursive: true, force: true }));

interface Case {
  readonly name: string;
  readonly folder: string;
  readonly plan: ComposePlan;
  readonly args: dockwright.ComposeProjectArgs;
  readonly text: string;
  readonly settings: Converted["settings"];
}

const cases = [...fixtures, ...samples].flatMap((fixture): Case[] => {
  const { name } = fixture;
  const folder = join(copies, name);
  cpSync(fixture.folder, folder, { recursive: true });
  const options = optionsOf({ ...fixture, folder });
  try {
    const loaded = loadCompose(options);
    const { plan, errors } = judgeProject(loaded);
    const outside = Object.values(plan.images).some(
      (image) => "build" in image && !resolve(folder, image.build.context ?? ".").startsWith(folder),
    );
    // What lies outside of the fixture cannot be made for it.
    if (errors.length > 0 || outside) return [];
    const { files, environment, envFiles, profiles, projectName } = options;
    const args = {
      files,
      environment,
      ...(envFiles.length > 0 && { envFiles }),
      ...(profiles.length > 0 && { profiles }),
      ...(projectName !== undefined && { projectName }),
    };
    const remarks = new Remarks(loaded.comments, loaded.model);
    const whole = withDeclaredVolumes(plan, readIfThere);
    const { text, settings } = convertPlan(whole, { folder, remarks, origins: loaded.origins });
    return [{ name, folder, plan, args, text, settings }];
  } catch (error) {
    if (error instanceof ComposeError) return [];
    throw error;
  }
});

test("there are many of them", () => {
  expect(cases.length).toBeGreaterThan(150);
  const names = cases.map(({ name }) => name);
  expect(samples.filter(({ name }) => !names.includes(name))).toEqual([]);
});

test("no line of a program is wider than a formatter has it, unless one text is", () => {
  const wide = cases.flatMap(({ name, text }) =>
    text
      .split("\n")
      .filter((line) => line.length > 110 && !/^ *(\/\/.*|[\w.:" ]*["`].*["`],?)$/.test(line))
      .map((line) => `${name}: ${line}`),
  );
  expect(wide).toEqual([]);
});

test("every program type-checks, and has no constant that nothing uses", () => {
  const programs = cases.map(({ name, text }) => [`converted-${name}.ts`, text] as const);
  expect(typeFaults(Object.fromEntries(programs), { noUnusedLocals: true })).toEqual([]);
}, 120_000);

test.each(cases.map((each) => [each.name, each] as const))("%s: the same plan", async (_, each) => {
  aSurrounding(each);
  const before = process.cwd();
  process.chdir(each.folder);
  try {
    const config = settingsOf(each);
    const args = { ...each.args, environment: { ...each.args.environment, ...missingOf(each) } };
    const composed = await run(() => new dockwright.ComposeProject("x", args), { config });
    const converted = await run(() => evaluated(each), { config });
    // What a Container refuses, it refuses in both.
    if (composed.error !== undefined) refused.push(each.name);
    expect(faultsOf(converted.error)).toEqual(faultsOf(composed.error));
    if (composed.error === undefined)
      expect(essence(converted.children, "shop-test")).toEqual(essence(composed.children, each.plan.project));
  } finally {
    process.chdir(before);
  }
});

const refused: string[] = [];

test("what a component would refuse is refused before there is a plan", () => {
  expect(refused).toEqual([]);
});

/** What the fixture's builds, secrets and configs would read. */
function aSurrounding({ plan, folder }: Case): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, text);
  };
  for (const image of Object.values(plan.images))
    if ("build" in image) {
      const { dockerfile = "Dockerfile" } = image.build as { dockerfile?: string };
      write(resolve(folder, image.build.context ?? ".", dockerfile), "FROM scratch\nCOPY . /\n");
    }
  const origins = plan.services.flatMap(({ args: { files = [], secrets = {} } }) => [
    ...files.map(({ from }) => from),
    ...Object.values(secrets),
  ]);
  for (const from of origins) if ("file" in from) write(from.file, "a text");
}

/** Runs the text of a program. */
function evaluated({ text }: Case): void {
  const { code } = transformSync(text, {
    module: { type: "commonjs" },
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  });
  const own = createRequire(join(root, "index.js"));
  // A program is code.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function("require", "exports", code) as (
    require: (name: string) => unknown,
    exports: object,
  ) => void;
  program((name) => (name === "dockwright" ? dockwright : (own(name) as unknown)), {});
}

const faultsOf = (error: Error | undefined): string | undefined =>
  error?.message
    .replace(/^(\w+ )"[^"]*"/, "$1")
    .replaceAll(/"x-/g, '"')
    .replaceAll(/-1"/g, '"');

/** The settings of the program, with the values that the variables have. */
const settingsOf = ({ text, settings }: Case): Record<string, string> => ({
  ...Object.fromEntries(
    [...text.matchAll(/requireSecret\("(.*?)"\)/g)].map(([, key = ""]) => [`shop:${key}`, "a secret"]),
  ),
  ...Object.fromEntries(
    [...settings].flatMap(([name, { value }]) => (value === undefined ? [] : [[`shop:${name}`, value]])),
  ),
});

/** Variables of secrets that the fixture's surroundings do not set. */
const missingOf = ({ plan }: Case): Record<string, string> =>
  Object.fromEntries(
    plan.services
      .flatMap(({ args: { files = [], secrets = {} } }) => [
        ...files.map(({ from }) => from),
        ...Object.values(secrets),
      ])
      .flatMap((from) => ("variable" in from ? [[from.variable, "a secret"]] : [])),
  );

/** What is made, without the names that differ on purpose: those of networks, containers and nameless volumes. */
function essence(children: readonly Registered[], scope: string): string[] {
  return children
    .map(({ type, inputs }) => {
      const { labels = [], ...rest } = inputs as { labels?: readonly { label: string; value: unknown }[] };
      const own = labels.filter(({ label }) => !/^(com\.docker\.compose|io\.dockwright)\./.test(label));
      const service = labels.find(({ label }) => label === "com.docker.compose.service")?.value;
      const kind = type.split(":").at(-1) ?? "";
      return JSON.stringify({
        kind,
        service,
        own,
        ...(kind === "Network" || kind === "Container" ? nameless(rest) : rest),
      });
    })
    .map((text) =>
      text
        .replaceAll(`"${scope}/`, '"')
        .replaceAll(/"(sha256:)?x-/g, '"$1')
        // The names of volumes that the file gives none.
        .replaceAll(/"[^"]*_[0-9a-f]{12}_\d+"|"shop-test-[^"]*"/g, '"nameless"'),
    )
    .sort();
}

const nameless = ({ name: _, ...rest }: Record<string, unknown>): object => rest;
