/** The programs of docs/swarm.md, run as a user runs them, on a swarm of one node in an Engine of its own. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { type StagedPackage, stagePackage } from "../../tools/stage-package";
import { SecondEngine } from "./support/second-engine";
import { programOf, userProject } from "./support/user-project";

jest.setTimeout(600_000);

const page = path.resolve(__dirname, "../../docs/swarm.md");
const stories = [
  ["stack", "web", 3],
  ["swarm", "name", 2],
] as const;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-swarm-programs-"));
let library: StagedPackage;
let engine: SecondEngine;

beforeAll(async () => {
  library = await stagePackage();
  engine = await SecondEngine.start();
  engine.command("swarm", "init", "--advertise-addr", "127.0.0.1");
});
afterAll(async () => {
  await engine.stop();
  library.remove();
  fs.rmSync(folder, { recursive: true, force: true });
});

it.each(stories)("%s: goes up, stays as it is, and goes down", (story, output, tasks) => {
  const pulumi = userProject(library, folder, story, { DOCKER_HOST: `unix://${engine.socket}` });
  pulumi("stack", "init", `program-${story}`);
  try {
    pulumi("up", "--yes", "--skip-preview");
    expect(pulumi("preview")).not.toMatch(/[+~-] /);
    const name = pulumi("stack", "output", output).trim();
    const replicas = engine.command("service", "ls", "--filter", `name=${name}`, "--format", "{{.Replicas}}");
    expect(replicas).toBe(`${tasks}/${tasks}`);
  } finally {
    pulumi("destroy", "--yes", "--skip-preview");
  }
  expect(engine.command("service", "ls", "-q")).toBe("");
});

it.each(stories)("%s: is in docs/swarm.md word for word", (story) => {
  expect(fs.readFileSync(page, "utf8")).toContain("```ts\n" + programOf(story) + "```");
});
