/** `dockwright check`: checks Compose files and Dockerfiles against the rules. */

import { basename, relative } from "node:path";

import { readIfThere } from "../../compose/disk";
import { judgeProject, judgeStack } from "../../compose/judge";
import type { Loaded } from "../../compose/load";
import type { Finding } from "../../policy/judge";
import { readCompose } from "../../policy/read/compose";
import { readStackFile } from "../../policy/read/stack-file";
import { readDockerfile } from "../../policy/read/dockerfile";
import { emptyStack, type StackSubject } from "../../policy/subject";
import { type Context, EXIT_CODES, exit, readWords } from "../command";
import { composeOptions, type ComposeRequest, composeRequest, loadFiles } from "../compose-files";
import {
  FINDINGS_OPTIONS,
  findingsOptions,
  findingsRequest,
  type FindingsRequest,
  tellFindings,
} from "../findings";
import { formatRefusal } from "../say";

export const usage = `usage: dockwright check [FILE...] [OPTION...]

  FILE, -f, --file FILE  a Compose file, merged over the previous ones, or a Dockerfile
                         (default: compose.yaml and its override, in this folder or a parent)
${FINDINGS_OPTIONS}
      --swarm            check the file as a SwarmStack runs it (default: as docker compose up does)
      --profile NAME     a profile to enable; repeatable
      --env-file FILE    a file of variables; repeatable (default: .env next to the first file)
  -p, --project-name N   the project name

Checks files against the rules and prints each finding with its remedy. For a Compose file, the Dockerfiles of its builds are included.
Findings below --fail-on do not change the exit code.

${EXIT_CODES}`;

export interface CheckRequest extends ComposeRequest, FindingsRequest {
  /** Whether to check it as a SwarmStack, not as docker compose up. */
  readonly swarm: boolean;
}

export function parse(words: readonly string[]): CheckRequest {
  const options = {
    ...composeOptions,
    ...findingsOptions,
    swarm: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = readWords({ args: [...words], options, allowPositionals: true });
  return { ...composeRequest(values, positionals), ...findingsRequest(values), swarm: values.swarm };
}

export function run(request: CheckRequest, { environment, folder }: Context): number {
  const dockerfiles = request.files.filter(isDockerfile);
  const files = request.files.filter((each) => !isDockerfile(each));
  const missing = dockerfiles.find((file) => readIfThere(file) === undefined);
  if (missing !== undefined) return noSuchFile(missing);
  const named: StackSubject = {
    ...emptyStack,
    dockerfiles: dockerfiles.map((file) => readDockerfile(readIfThere(file) ?? "", { name: file, file })),
  };
  if (files.length === 0 && dockerfiles.length > 0)
    return tellFindings(dockerfiles.join(", "), named, request);
  const loaded = loadFiles({ ...request, files }, environment, folder);
  if (loaded === undefined) return exit.failed;
  const project = request.swarm
    ? readStackFile(loaded.model, judgeStack(loaded).plan, readIfThere)
    : readCompose(loaded.model, judgeProject(loaded).plan, readIfThere);
  const stack = { ...project, dockerfiles: [...project.dockerfiles, ...named.dockerfiles] };
  return tellFindings(loaded.model.name, stack, request, placeIn(loaded, folder));
}

/** The usual names of Dockerfiles. */
function isDockerfile(file: string): boolean {
  return /^(docker|container)file(\..+)?$|\.(docker|container)file$/i.test(basename(file));
}

function noSuchFile(file: string): number {
  process.stderr.write(
    formatRefusal({
      what: `${file} cannot be read`,
      why: "the file does not exist",
      now: "nothing was checked",
      next: "pass a Dockerfile or a Compose file:  dockwright check compose.yaml",
    }),
  );
  return exit.failed;
}

const sections = {
  container: "services",
  service: "services",
  stack: "services",
  network: "networks",
  volume: "volumes",
} as const;

/** The line of the Compose file, or of the Dockerfile. */
function placeIn({ placed, model }: Loaded, folder: string): (finding: Finding) => string | undefined {
  const near = (place: string): string => relative(folder, place);
  return ({ kind, on, place }) => {
    if (kind === "dockerfile") return place && near(place);
    const section = on in (model.volumes ?? {}) && !(on in model.services) ? "volumes" : sections[kind];
    const at = placed({ path: [section, on], text: "" }).place;
    return at && `${near(at.file)}:${String(at.line)}`;
  };
}
