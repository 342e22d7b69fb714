/** `dockwright audit`: what the rules find in what runs on a host. Nothing is changed there. */

import { connect } from "../../engine/connect";
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

      --project NAME     judge one Compose project, or stack as <project>-<stack> (default: all that runs)
${FINDINGS_OPTIONS}

Asks the Docker Engine (DOCKER_HOST, or the local one) what runs, and prints what the rules of dockwright find. Nothing is changed.
Findings below --fail-on do not change the exit code.

${EXIT_CODES}`;

export interface AuditRequest extends FindingsRequest {
  /** A stack as `<project>-<stack>`, or a Compose project; undefined: all that runs. */
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
    const { message, code } = error as Error & { code?: string };
    process.stderr.write(
      formatRefusal({
        what: "the Docker Engine cannot be asked",
        why: message || (code ?? "no reason was given"),
        now: "nothing was judged",
        next: "start Docker, or name the host:  DOCKER_HOST=tcp://... dockwright audit",
      }),
    );
    return exit.failed;
  }
  const stack = readHost(found, project);
  if (project !== undefined && stack.containers.length === 0) {
    process.stderr.write(
      formatRefusal({
        what: `nothing of ${project} runs on this host`,
        why: "no running container has the label com.docker.compose.project with that value",
        now: "nothing was judged",
        next: "docker compose ls shows what there is; a stack is named <project>-<stack>",
      }),
    );
    return exit.failed;
  }
  return tellFindings(project ?? "host", stack, request);
}
