/** `dockwright audit`: what the rules find in what runs on a host. Nothing is changed there. */

import { connect } from "../daemon/connect";
import { inventory } from "../daemon/inventory";
import { readHost } from "../policy/read/host";
import { type FindingsRequest, tellFindings } from "./findings";
import { formatRefusal } from "./say";

export interface AuditRequest extends FindingsRequest {
  /** A stack as `<project>-<stack>`, or a Compose project; undefined: all that runs. */
  readonly project: string | undefined;
}

export async function audit(request: AuditRequest): Promise<number> {
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
    return 1;
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
    return 1;
  }
  return tellFindings(project ?? "host", stack, request);
}
