/** A program as a user has it: the packed package, a project of its own, the Pulumi command line. */

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { installPackage, type StagedPackage } from "../../../tools/stage-package";

const programs = path.resolve(__dirname, "../../programs");

/** The text of a program of test/programs. */
export const programOf = (story: string): string =>
  fs.readFileSync(path.join(programs, story, "index.ts"), "utf8");

/** The story's files, a Pulumi.yaml, and what npm would install; gives the pulumi command there. */
export function userProject(
  library: StagedPackage,
  folder: string,
  story: string,
  variables: Readonly<Record<string, string>> = {},
): (...args: string[]) => string {
  const home = path.join(folder, story);
  fs.cpSync(path.join(programs, story), home, { recursive: true });
  fs.writeFileSync(path.join(home, "Pulumi.yaml"), `name: dw-test\nruntime: nodejs\nmain: index.ts\n`);
  fs.writeFileSync(path.join(home, "package.json"), `{ "private": true }`);
  fs.writeFileSync(
    path.join(home, "tsconfig.json"),
    `{ "compilerOptions": { "strict": true, "module": "commonjs", "target": "es2022", "moduleResolution": "node", "skipLibCheck": true } }`,
  );
  installPackage(library, home);
  const state = path.join(folder, `${story}-state`);
  fs.mkdirSync(state);
  const env = {
    ...process.env,
    ...variables,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
  };
  return (...args) => {
    const ran = spawnSync("pulumi", [...args, "--non-interactive"], { cwd: home, env, encoding: "utf8" });
    if (ran.status !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
}
