/** `dockwright audit`: checks running containers against the rules. Nothing is changed. */

import { connect } from "../../engine/connect";
import { reasonOf } from "../../engine/lost";
import { inventory } from "../../deployment/look/engine/inventory";
import { readHost } from "../../policy/read/host";
import { EXIT_CODES, exit, readWords, text } from "../command";
import {
  FINDINGS_OPTIONS,
  findingsOptions,
  findingsRequest,
  type FindingsRequest,
  tellFindings,
} from "../findings";
import { formatRefusal } from "../say";

export const usage = `usage: dockwright audit [OPTION...]

      --project NAME     check one Compose project, or a stack as <project>-<stack> (default: everything that runs)
${FINDINGS_OPTIONS}

Checks the running containers of the Docker Engine that the docker command uses against the rules. Nothing is changed.
Findings below --fail-on do not change the exit code.

${EXIT_CODES}`;

export interface AuditRequest extends FindingsRequest {
  /** A stack as `<project>-<stack>`, or a Compose project; undefined means everything that runs. */
  readonly project: string | undefined;
}

export function parse(words: readonly string[]): AuditRequest {
  const options = { ...findingsOptions, project: text } as const;
  const { values } = readWords({ args: [...words], options });
  return { ...findingsRequest(values), project: values.project };
}

export async function run(request: AuditRequest): Promise<number> {
  const { project } = request;
  let found;
  try {
    found = await inventory(connect());
  } catch (error) {
    process.stderr.write(
      formatRefusal({
        what: "the Docker Engine is not reachable",
        why: reasonOf(error),
        now: "nothing was checked",
        next: "start Docker, or name the host:  DOCKER_HOST=tcp://... dockwright audit",
      }),
    );
    return exit.failed;
  }
  const stack = readHost(found, project);
  if (project !== undefined && stack.containers.length === 0) {
    process.stderr.write(
      formatRefusal({
        what: `no containers of ${project} are running on this host`,
        why: "no running container has this value in the label com.docker.compose.project",
        now: "nothing was checked",
        next: "docker compose ls lists the projects; a stack is named <project>-<stack>",
      }),
    );
    return exit.failed;
  }
  return tellFindings(project ?? "host", stack, request);
}
