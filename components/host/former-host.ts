/**
 * Detects that the `docker` command uses another host than in the last run. The program does not show it: without this check the
 * stack would be created again on that host, and the objects on the former host would be forgotten.
 */

import type { HostView } from "../deployment/look/host-view";
import { identityLabel } from "../deployment/look/labels";
import { isOwn } from "../deployment/look/host-view";
import type { Recorded } from "../deployment/state/recorded";
import { failureText } from "../core/text/failure-report";
import { labelsOf } from "../provider/parts";
import { COMMAND_PROVIDER, dockerTypes } from "../provider/tokens";
import { HOST_LABEL } from "./args";
import { type CommandHost, shownCommandHost } from "./disk/command-host";

const PROVIDER = "pulumi:providers:docker";
const KINDS: readonly string[] = [dockerTypes.container, dockerTypes.network, dockerTypes.volume];

/** True where an object of the stack exists on the host: it is the same machine, whatever its address. */
export function isKnownHost({ containers, networks, volumes, identity }: HostView): boolean {
  return [...containers, ...networks, ...volumes].some((each) => isOwn(each, identity));
}

/** The error for a stack whose objects are on another machine; undefined where it has none, or where that is not known. */
export function movedText(
  state: readonly Recorded[],
  identity: string,
  now: Exclude<CommandHost, { kind: "unusable" }>,
): string | undefined {
  const objects = state.filter(({ type, outputs }) => {
    const labels = labelsOf(outputs);
    return KINDS.includes(type) && labels[identityLabel] === identity && labels[HOST_LABEL] === undefined;
  });
  const [first] = objects;
  const former = formerHost(state);
  const changed = former === undefined ? now.kind === "context" : former !== now.text;
  if (first === undefined || !changed) return undefined;
  const name = JSON.stringify(now.kind === "context" ? now.selected.name : "here");
  const to = now.kind === "context" ? `context: ${name}` : `address: "${now.text}"`;
  return failureText({
    what: "docker host",
    why: `this stack was deployed to ${former ?? "the default context"}, and the docker command now uses ${shownCommandHost(now)}, where its ${objects.length === 1 ? "object does" : `${String(objects.length)} objects do`} not exist`,
    now: "nothing was changed",
    next: [
      "select the former host with docker context use NAME, DOCKER_CONTEXT or DOCKER_HOST, then run the same command again",
      `to move the stack, give its components host: new DockerHost(${name}, { ${to} })`,
      `if the former host is gone, the same with identity: "default"`,
    ].join("; "),
  });
}

/** The address of the last run; undefined where the provider did not record the default one. */
function formerHost(state: readonly Recorded[]): string | undefined {
  const providers = state.filter(({ type }) => type === PROVIDER);
  const ended = (pattern: RegExp): Recorded | undefined => providers.find(({ urn }) => pattern.test(urn));
  const used = ended(new RegExp(`::${COMMAND_PROVIDER}$`)) ?? ended(/::default(_[\d_]+)?$/);
  const host = used?.outputs["host"];
  return typeof host === "string" ? host : undefined;
}
