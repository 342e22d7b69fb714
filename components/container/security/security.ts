/** The privileges of a container on its host, and the arguments by which a user accepts a risk. */

import { z } from "zod";
import { containerPath, listOf, mapOf, mustBe, strict, text } from "../../core/schema";
import type { Fault } from "../../core/text/message";
import { didYouMean } from "../../core/text/nearest";
import { type Capability, capabilityNames, isCapability, isPowerful } from "./capability";
import { riskOfPath } from "./host-path";
import type { Mount } from "../mounts/mount";

/**
 * Risks that are taken deliberately. Each value is the reason, at least ten characters, for the reviewer
 * of the change. No other argument enables any of them.
 */
export interface UnsafeArgs {
  /** Run privileged: the container controls the host. */
  readonly privileged?: string;
  /** Mount the Docker socket: the container can start any other container. */
  readonly dockerSocket?: string;
  /** Share the host's network: required by `networkMode: "host"`. */
  readonly hostNetwork?: string;
  /** Share the host's process (PID) namespace. */
  readonly hostPid?: string;
  /** Share the host's IPC namespace. */
  readonly hostIpc?: string;
  /** Mount paths through which a container can take over or read the host, such as /etc, /var/spool/cron or a home directory. */
  readonly hostPaths?: string;
  /** Use host devices. */
  readonly devices?: string;
  /** Add capabilities that Docker does not grant by default. */
  readonly capabilities?: string;
  /** Let processes gain privileges, for example by sudo. */
  readonly newPrivileges?: string;
  /** Replace or disable the kernel's confinement with `securityOptions`. */
  readonly unconfined?: string;
}

/** Source: Docker reference, "Runtime privilege and Linux capabilities". Changing any of these replaces the container. */
export interface SecurityArgs {
  /** Capabilities given to the container; all others are dropped. @defaultValue none */
  readonly capabilities?: readonly Capability[];
  /** Additional options such as `"apparmor=my-profile"`; `no-new-privileges` is always set. */
  readonly securityOptions?: readonly string[];
  /**
   * The OCI runtime, by its name in the Engine's configuration, such as `"runsc"` or `"kata"`.
   * @defaultValue the Engine's `default-runtime`
   */
  readonly runtime?: string;
  /**
   * Mount the root file system read-only. It excludes `secrets` and `files`, which Docker copies into the root before the start:
   * where both are wanted, prefer secrets as files and a user other than root. @defaultValue `false`
   */
  readonly readOnlyRoot?: boolean;
  /** Devices of the host by path, with their path in the container. Needs `unsafe.devices`. */
  readonly devices?: Readonly<Record<string, string>>;
  /** Deliberate risks, each with its reason. */
  readonly unsafe?: UnsafeArgs;
}

export const reason = text(
  "a reason of at least 10 characters, for the reviewer",
  (value) => value.trim().length >= 10,
).optional();

const capability = z.custom<Capability>((value) => isCapability(value), {
  error: (issue) => {
    const word = String(issue.input).toUpperCase().replace(/^CAP_/, "");
    const hint = isCapability(word) ? `; write "${word}"` : didYouMean(word, capabilityNames);
    return `${mustBe("a Linux capability without the CAP_ prefix", issue.input)}${hint}`;
  },
});

export const capabilities = listOf(capability);

export const securityOptions = listOf(
  text(
    'an option such as "apparmor=docker-default", not no-new-privileges, which unsafe.newPrivileges lifts',
    (value) => /^[a-z-]+([=:].+)?$/.test(value) && !value.startsWith("no-new-privileges"),
  ),
);

export const devices = mapOf(
  text("a device path in the container such as /dev/fuse", isDevice),
  text("a device path of the host such as /dev/fuse", isDevice),
);

export const unsafe = strict({
  privileged: reason,
  dockerSocket: reason,
  hostNetwork: reason,
  hostPid: reason,
  hostIpc: reason,
  hostPaths: reason,
  devices: reason,
  capabilities: reason,
  newPrivileges: reason,
  unconfined: reason,
});

/** Faults for every risk that the arguments take without a reason. */
export function riskFaults(
  args: SecurityArgs & { readonly mounts?: readonly Mount[]; readonly networkMode?: string },
): Fault[] {
  const risks = args.unsafe ?? {};
  const needs = (path: string, found: string, risk: keyof UnsafeArgs): Fault[] =>
    risks[risk] !== undefined
      ? []
      : [{ path, text: `${found}; if this is intended, give the reason in unsafe.${risk}` }];
  return [
    ...(args.capabilities ?? []).flatMap((each, index) =>
      isPowerful(each)
        ? needs(`capabilities[${String(index)}]`, `"${each}" affects more than the container`, "capabilities")
        : [],
    ),
    ...(args.securityOptions ?? []).flatMap((each, index) =>
      isUnconfined(each)
        ? needs(`securityOptions[${String(index)}]`, `"${each}" disables a protection`, "unconfined")
        : [],
    ),
    ...(risks.privileged !== undefined && args.capabilities !== undefined
      ? [
          {
            path: "capabilities",
            text: "has no effect with unsafe.privileged, which grants all; keep one",
          },
        ]
      : []),
    ...(args.devices && Object.keys(args.devices).length > 0
      ? needs("devices", "gives devices of the host to the container", "devices")
      : []),
    ...(args.networkMode === "host"
      ? needs("networkMode", '"host" removes the network isolation', "hostNetwork")
      : []),
    ...(args.mounts ?? []).flatMap((mount, index) => {
      const risk = "bind" in mount ? riskOfPath(mount.bind) : undefined;
      if (risk === undefined || !("bind" in mount)) return [];
      const what =
        risk === "dockerSocket" ? "gives control over the Docker host" : "is a sensitive path of the host";
      return needs(`mounts[${String(index)}].bind`, `"${mount.bind}" ${what}`, risk);
    }),
  ];
}

/** The given options, and always `no-new-privileges`. */
export function securityOptionsOf({
  securityOptions: given = [],
  unsafe: risks = {},
}: SecurityArgs): string[] {
  return [`no-new-privileges:${String(risks.newPrivileges === undefined)}`, ...given].sort();
}

export function deviceInputs(given: NonNullable<SecurityArgs["devices"]>) {
  const all = Object.entries(given).map(([hostPath, inside]) => ({
    hostPath,
    containerPath: inside,
    permissions: "rwm",
  }));
  return all.length > 0 ? { devices: all } : {};
}

/** Only the given capabilities, in Docker's spelling. */
export function capabilitiesOf({ capabilities: given = [] }: SecurityArgs): {
  drops: string[];
  adds?: string[];
} {
  const adds = [...new Set(given)].sort().map((each) => (each === "ALL" ? each : `CAP_${each}`));
  return { drops: ["ALL"], ...(adds.length > 0 && { adds }) };
}

/** True for an option that disables a kernel protection. */
export function isUnconfined(option: string): boolean {
  const [name = "", value = ""] = splitOption(option);
  if (name === "seccomp" && value.trimStart().startsWith("{")) return !isSeccompProfile(value);
  return (
    value === "unconfined" ||
    (name === "label" && /^(disable|type:(spc_t|container_runtime_t|unconfined\w*))$/.test(value)) ||
    (name === "writable-cgroups" && value !== "false")
  );
}

/** True for the option that prevents processes from gaining privileges. */
export function forbidsNewPrivileges(option: string): boolean {
  const [name, value = "true"] = splitOption(option);
  return name === "no-new-privileges" && value === "true";
}

/** True for root, by name or number, with or without a group. */
export function isRoot(user: string): boolean {
  return /^(root|0+)(:|$)/.test(user);
}

/** The Engine accepts `=` and `:` between name and value. */
function splitOption(option: string): string[] {
  const [, name = option, value] = /^\s*([a-z-]+)\s*[=:](.*)$/is.exec(option) ?? [];
  return [name.toLowerCase(), ...(value === undefined ? [] : [value.trim()])];
}

/** Whether a seccomp profile, given as text, denies system calls by default. */
function isSeccompProfile(text: string): boolean {
  try {
    const { defaultAction } = JSON.parse(text) as { defaultAction?: unknown };
    return typeof defaultAction === "string" && !/^SCMP_ACT_(ALLOW|LOG|NOTIFY|TRACE)$/.test(defaultAction);
  } catch {
    return false;
  }
}

function isDevice(path: string): boolean {
  return /^\/dev\/[^\0]+$/.test(path) && containerPath.safeParse(path).success;
}
