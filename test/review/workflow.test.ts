/** The workflow of docs/review, as GitHub would run its commands, with a recorded preview in Pulumi's place. */

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { parse } from "yaml";

const root = resolve(__dirname, "../..");

interface Workflow {
  readonly on: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}

const workflow = parse(readFileSync(join(root, "docs/review/workflow.yml"), "utf8")) as Workflow;
let folder = "";

jest.setTimeout(120_000);

function program(name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/bash\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

function step(name: string): { code: number | null; said: string } {
  const { run } = workflow.jobs["review"]?.steps.find((each) => each.name === name) ?? {};
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", run ?? "exit 99"], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      STACK: "prod",
      COMMENTS: "repos/team/shop/issues/7/comments",
      COMMENT: "repos/team/shop/issues/comments",
    },
  });
  return { code: status, said: `${stdout}${stderr}` };
}

/** Pulumi prints a recording; `npx dockwright` is the command from its sources; `gh` notes what it is asked for. */
function stage(edit: string, comment = ""): void {
  folder = mkdtempSync(join(tmpdir(), "dw-workflow-"));
  const cli = `"${root}/node_modules/ts-node/dist/bin.js" --swc --project "${root}/tools/tsconfig.run.json" "${root}/components/cli/main.ts"`;
  program("pulumi", `cat "${root}/test/review/recorded/${edit}.json"`);
  program("npx", `shift; exec "${process.execPath}" ${cli} "$@"`);
  program("gh", `echo "$@" >> asked; case "$*" in *--paginate*) echo "${comment}" ;; esac`);
}

const asked = (): string[] => readFileSync(join(folder, "asked"), "utf8").trimEnd().split("\n");

afterEach(() => {
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

test("it may do what it does, and no more", () => {
  expect(workflow.on).toBe("pull_request");
  expect(workflow.permissions).toEqual({
    contents: "read",
    "pull-requests": "write",
    "security-events": "write",
  });
});

test("a risk is written into one comment and fails the check until it is accepted", () => {
  stage("public-port");
  expect([step("preview").code, step("report").code]).toEqual([0, 0]);
  const report = readFileSync(join(folder, "review.md"), "utf8");
  expect(report).toMatch(/^<!-- dockwright review dockwright\/review -->\n\*\*review: Gateway/);
  expect(JSON.parse(readFileSync(join(folder, "review.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });

  expect(step("comment").code).toBe(0);
  expect(asked().at(-1)).toBe(
    "api --method POST repos/team/shop/issues/7/comments --field body=@review.md --silent",
  );
  const refused = step("approval");
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("must be approved")]);

  const accept = spawnSync(
    join(folder, "npx"),
    ["dockwright", "review", "preview.json", "--approve", "approved.json"],
    { cwd: folder },
  );
  expect(accept.status).toBe(2);
  expect(step("approval").code).toBe(0);
});

test("a later run writes into the same comment, and where nothing changes the check passes", () => {
  stage("no-change", "42");
  expect([step("preview").code, step("report").code, step("comment").code]).toEqual([0, 0, 0]);
  expect(asked().at(-1)).toBe(
    "api --method PATCH repos/team/shop/issues/comments/42 --field body=@review.md --silent",
  );
  expect(step("approval").code).toBe(0);
});
