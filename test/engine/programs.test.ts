/** The programs of the README, run as a user runs them: the packed package, a project of its own, the Pulumi command line. */

import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installPackage, type StagedPackage, stagePackage } from "../../tools/stage-package";
import { docker } from "./support/docker";

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

  /** A user's project: the story's files, a Pulumi.yaml, and what npm would install. */
  function project(story: string): (...args: string[]) => string {
    const home = path.join(folder, story);
    fs.cpSync(path.join(root, "test/programs", story), home, { recursive: true });
    fs.writeFileSync(path.join(home, "Pulumi.yaml"), `name: dw-test\nruntime: nodejs\nmain: index.ts\n`);
    fs.writeFileSync(path.join(home, "package.json"), `{ "private": true }`);
    fs.writeFileSync(
      path.join(home, "tsconfig.json"),
      `{ "compilerOptions": { "strict": true, "module": "commonjs", "target": "es2022", "moduleResolution": "node", "skipLibCheck": true } }`,
    );
    installPackage(library, home);
    const state = path.join(folder, `${story}-state`);
    fs.mkdirSync(state);
    const env = { ...process.env, PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "test" };
    return (...args) => {
      const ran = spawnSync("pulumi", [...args, "--non-interactive"], { cwd: home, env, encoding: "utf8" });
      if (ran.status !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${ran.stdout}${ran.stderr}`);
      return ran.stdout;
    };
  }

  it.each(stories)("%s: goes up, stays as it is, and goes down", (story) => {
    const pulumi = project(story);
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
    }
    expect(docker("ps", "-aq", "--filter", `label=io.dockwright.stack=${stack}`)).toBe("");
  });

  it.each(stories)("%s: stands in the README word for word", (story) => {
    const program = fs.readFileSync(path.join(root, "test/programs", story, "index.ts"), "utf8");
    expect(fs.readFileSync(path.join(root, "README.md"), "utf8")).toContain("```ts\n" + program + "```");
  });
});
