import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type Candidate, PREFIX, projectName } from "./candidate";
import { runCommand } from "./process";

interface Project {
  readonly name: string;
  /** Name of the Pulumi project and of its folder. */
  readonly project: string;
  /** What the names of its containers begin with. */
  readonly prefix: string;
  /** What begins a Pulumi command. */
  readonly pulumi: readonly [string, ...string[]];
  /** Lines of Pulumi.yaml after the name. */
  readonly settings: string;
  /** Path of the program in this folder. */
  readonly program: string;
  /** Contents of its tsconfig files by path. */
  readonly tsconfig: Readonly<Record<string, string>>;
  /** The Engine that it talks to. @defaultValue that of this shell */
  readonly dockerHost?: string;
  /** How long one of its commands may take, where three minutes are not enough. */
  readonly longestMs?: number;
}

/** The repository's own way: the runtime of its Pulumi.yaml, its tsconfig files, the environment of tools/env. */
export function dockwright(root: string): Project {
  const manifest = readFileSync(join(root, "Pulumi.yaml"), "utf8");
  const runtime = /^runtime:.*(\n(?:[ #].*)?)*/m.exec(manifest)?.[0];
  if (runtime === undefined) throw new Error("Pulumi.yaml must have `runtime:`, got undefined");
  return {
    name: "dockwright",
    project: projectName("dockwright"),
    prefix: projectName("dockwright"),
    pulumi: [join(root, "tools/env"), "pulumi"],
    settings: runtime,
    program: "dockwright-program.ts",
    tsconfig: Object.fromEntries(
      ["tsconfig.json", "tools/tsconfig.run.json"].map((path) => [
        path,
        readFileSync(join(root, path), "utf8"),
      ]),
    ),
  };
}

/** As `pulumi new typescript` leaves a project: the program's types are checked at every command. */
export function rawPulumi(): Project {
  const compilerOptions = {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "nodenext",
    moduleResolution: "nodenext",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
    // Such a project has no other types installed; this repository has.
    types: ["node"],
  };
  return {
    name: "raw @pulumi/docker",
    project: projectName("raw"),
    prefix: `${PREFIX}raw-service-`,
    pulumi: ["pulumi"],
    settings: "runtime:\n  name: nodejs\n  options:\n    packagemanager: npm\n",
    program: "raw-program.ts",
    tsconfig: { "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }) },
  };
}

/** Lays the project out in a folder under `home` and creates its stack in a state of its own. */
export async function pulumiCandidate(root: string, home: string, project: Project): Promise<Candidate> {
  const folder = join(home, project.project);
  const state = join(home, `${project.project}-state`);
  mkdirSync(folder);
  mkdirSync(state);
  copyFileSync(join(root, "bench", project.program), join(folder, "index.ts"));
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: ${project.project}\nmain: index.ts\n${project.settings}\n`,
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: project.project, private: true }));
  for (const [path, content] of Object.entries(project.tsconfig)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }

  const env = {
    ...plainEnvironment(),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(project.dockerHost !== undefined && { DOCKER_HOST: project.dockerHost }),
  };
  const { longestMs } = project;
  const [command, ...first] = project.pulumi;
  const pulumi = (...args: string[]): Promise<string> =>
    runCommand(command, [...first, ...args, "--non-interactive"], {
      cwd: folder,
      env,
      ...(longestMs !== undefined && { longestMs }),
    });
  await pulumi("stack", "init", "bench");
  return {
    name: project.name,
    prefix: project.prefix,
    preview: () => pulumi("preview"),
    up: () => pulumi("up", "--yes"),
    edit: (revision) => pulumi("config", "set", "revision", String(revision)),
    down: () => pulumi("destroy", "--yes", "--skip-preview"),
  };
}

/** What every user has; nothing by which this repository or this shell tunes Node or Pulumi. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "PULUMI_HOME", "DOCKER_HOST", "DOCKER_CONFIG", "TMPDIR", "LANG"];
  return Object.fromEntries(kept.map((name) => [name, process.env[name]]));
}
