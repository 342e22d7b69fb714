/** What was typed after `check` and `audit`. */

import type { AuditRequest } from "./audit";
import type { CheckRequest } from "./check";
import type { FindingsRequest } from "./findings";

export const CHECK_USAGE = `usage: dockwright check [FILE...] [OPTION...]

  FILE, -f, --file FILE  a Compose file, of which each further one is laid over those before it, or a Dockerfile
                         (default: compose.yaml and its override, here or in a folder above)
      --fail-on SEVERITY high, medium, low, or never (default: high)
      --waivers FILE     accepted findings: a JSON list of { rule, on, reason, until }
      --format FORMAT    text or json (default: text)
      --swarm            judge the file as a SwarmStack runs it (default: as docker compose up does)
      --profile NAME     a profile to enable; may be given several times
      --env-file FILE    variables; may be given several times (default: .env beside the first file)
  -p, --project-name N   the name of the project

Prints what the rules of dockwright find, with the remedy. A Compose file is judged with the Dockerfiles that it builds.
Exit code 0: nothing at or above --fail-on; 1: it cannot be judged; 2: wrongly typed; 3: findings.
`;

export const AUDIT_USAGE = `usage: dockwright audit [OPTION...]

      --project NAME     judge one Compose project, or stack as <project>-<stack> (default: all that runs)
      --fail-on SEVERITY high, medium, low, or never (default: high)
      --waivers FILE     accepted findings: a JSON list of { rule, on, reason, until }
      --format FORMAT    text or json (default: text)

Asks the Docker Engine (DOCKER_HOST, or the local one) what runs, and prints what the rules of dockwright find.
Nothing is changed. Exit code 0: nothing at or above --fail-on; 1: it cannot be judged; 2: wrongly typed; 3: findings.
`;

const text = { type: "string" } as const;

/** For `parseArgs`. */
export const findingsOptions = {
  "fail-on": { ...text, default: "high" },
  waivers: text,
  format: { ...text, default: "text" },
} as const;

export interface FindingsValues {
  readonly "fail-on": string;
  readonly waivers?: string | undefined;
  readonly format: string;
}

/** The request, or what is wrong with it. */
export function findingsRequest(values: FindingsValues): FindingsRequest | string {
  const { "fail-on": failOn, waivers, format } = values;
  if (failOn !== "high" && failOn !== "medium" && failOn !== "low" && failOn !== "never")
    return `--fail-on must be high, medium, low or never, got ${failOn}`;
  if (format !== "text" && format !== "json") return `--format must be text or json, got ${format}`;
  return { failOn: failOn === "never" ? undefined : failOn, waivers, format };
}

/** What both come to. */
export type PolicyRequest =
  ({ readonly kind: "check" } & CheckRequest) | ({ readonly kind: "audit" } & AuditRequest);
