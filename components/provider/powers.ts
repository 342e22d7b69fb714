/** The privileges of a container on its host, from its provider inputs. */

import type { Bag } from "../core/untyped";
import { riskOfPath } from "../container/security/host-path";
import { forbidsNewPrivileges, isRoot, isUnconfined } from "../container/security/security";
import { readContainer } from "./container";
import type { ReadMount } from "./parts";

export interface Power {
  readonly text: string;
  /** The inputs that grant it. */
  readonly fields: RegExp;
  /** Whether it is also reported for a new container; otherwise only if it was not granted before. */
  readonly always: boolean;
}

/** The new privileges of a container. @param before inputs or outputs; undefined for a new container */
export function widened(before: Bag | undefined, after: Bag): Power[] {
  const former = before === undefined ? new Map<string, Power>() : powers(before);
  return [...powers(after)]
    .filter(([key, { always }]) => !former.has(key) && (before !== undefined || always))
    .map(([, power]) => power);
}

function powers(inputs: Bag): Map<string, Power> {
  const found = new Map<string, Power>();
  const add = (key: string, text: string, fields: RegExp, always = true): unknown =>
    found.set(key, { text, fields, always });
  const container = readContainer(inputs);
  if (container.privileged) add("privileged", "runs privileged: it controls the host", /^privileged/);
  for (const each of container.addedCapabilities)
    add(`capability ${each}`, `gets the capability ${each}`, /^(capabilities|privileged)/);
  for (const each of container.devices) add(`device ${each}`, `gets the device ${each}`, /^devices/);
  for (const [namespace, value] of [
    ["network", container.networkMode],
    ["process ids", container.pid],
    ["inter-process communication", container.ipc],
    ["user ids", container.userNamespace],
  ] as const)
    if (value === "host")
      add(
        `namespace ${namespace}`,
        `shares the ${namespace} of the host`,
        /^(networkMode|pidMode|ipcMode|usernsMode)/,
      );
  for (const each of container.mounts.filter(({ kind }) => kind === "bind"))
    add(`bind ${each.source ?? ""} ${each.readOnly ? "r" : "w"}`, bindText(each), /^(volumes|mounts)/);
  for (const each of container.securityOptions.filter(isUnconfined))
    add(`option ${each}`, `disables a kernel protection: ${each}`, /^securityOpts/);
  if (!container.droppedCapabilities.includes("ALL"))
    add("capabilities", "keeps Docker's default capabilities", /^capabilities/, false);
  if (!container.securityOptions.some(forbidsNewPrivileges))
    add("new privileges", "may gain privileges, for example by sudo", /^securityOpts/, false);
  if (!container.readOnlyRoot) add("root", "may write to its root file system", /^readOnly/, false);
  if (isRoot(container.user ?? "")) add("user", "runs as root", /^user/, false);
  return found;
}

function bindText({ source = "", readOnly }: ReadMount): string {
  const risk = riskOfPath(source);
  if (risk === "dockerSocket") return `gets the Docker socket ${source}: it may start any other container`;
  const sensitive = risk === undefined ? "" : ", a path through which it can take over or read the host";
  return `${readOnly ? "reads" : "writes to"} ${source} of the host${sensitive}`;
}
