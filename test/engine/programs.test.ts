/** The programs of the README, run as a user runs them: the packed package, a project of its own, the Pulumi command line. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type StagedPackage, stagePackage } from "../../tools/stage-package";
import { docker, removeBuilds } from "./support/docker";
import { programOf, userProject } from "./support/user-project";

jest.setTimeout(600_000);

const root = path.resolve(__dirname, "../..");
const stories = ["smallest", "typed", "serving"];

describe("a program of the README", () => {
  let library: StagedPackage;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-programs-"));

  beforeAll(async () => {
    library = await stagePackage();
  });
  afterAll(() => {
    library.remove();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it.each(stories)("%s: goes up, stays as it is, and goes down", (story) => {
    const pulumi = userProject(library, folder, story);
    const stack = `program-${story}`;
    pulumi("stack", "init", stack);
    try {
      pulumi("up", "--yes", "--skip-preview");
      expect(pulumi("preview")).not.toMatch(/[+~-] /);
      if (story !== "typed") {
        const url = pulumi("stack", "output", "url").trim();
        expect(execFileSync("curl", ["-fsS", url], { encoding: "utf8" })).toContain("hello");
      }
    } finally {
      pulumi("destroy", "--yes", "--skip-preview");
      for (const volume of docker("volume", "ls", "-q", "--filter", `label=io.dockwright.stack=${stack}`)
        .split("\n")
        .filter(Boolean)) {
        docker("volume", "rm", volume);
      }
      removeBuilds(`dw-test-${stack}`);
    }
    expect(docker("ps", "-aq", "--filter", `label=io.dockwright.stack=${stack}`)).toBe("");
  });

  it.each(stories)("%s: is in the README word for word", (story) => {
    const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
    expect(readme).toContain("```ts\n" + programOf(story) + "```");
  });
});
