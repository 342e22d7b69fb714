/** Linux capabilities. */

/** A capability that Docker grants by default; dockwright grants none by default, but adding these needs no reason. */
export type OrdinaryCapability =
  | "AUDIT_WRITE"
  | "CHOWN"
  | "DAC_OVERRIDE"
  | "FOWNER"
  | "FSETID"
  | "KILL"
  | "MKNOD"
  | "NET_BIND_SERVICE"
  | "NET_RAW"
  | "SETFCAP"
  | "SETGID"
  | "SETPCAP"
  | "SETUID"
  | "SYS_CHROOT";

/** A capability that affects more than the container; adding one needs `unsafe.capabilities`. */
export type PowerfulCapability =
  | "ALL"
  | "AUDIT_CONTROL"
  | "AUDIT_READ"
  | "BLOCK_SUSPEND"
  | "BPF"
  | "CHECKPOINT_RESTORE"
  | "DAC_READ_SEARCH"
  | "IPC_LOCK"
  | "IPC_OWNER"
  | "LEASE"
  | "LINUX_IMMUTABLE"
  | "MAC_ADMIN"
  | "MAC_OVERRIDE"
  | "NET_ADMIN"
  | "NET_BROADCAST"
  | "PERFMON"
  | "SYS_ADMIN"
  | "SYS_BOOT"
  | "SYS_MODULE"
  | "SYS_NICE"
  | "SYS_PACCT"
  | "SYS_PTRACE"
  | "SYS_RAWIO"
  | "SYS_RESOURCE"
  | "SYS_TIME"
  | "SYS_TTY_CONFIG"
  | "SYSLOG"
  | "WAKE_ALARM";

/** A Linux capability, without the `CAP_` prefix. */
export type Capability = OrdinaryCapability | PowerfulCapability;

/** All capabilities that Docker grants by default: `capabilities: ordinaryCapabilities` gives a container the same ones as Compose. */
// prettier-ignore
export const ordinaryCapabilities: readonly OrdinaryCapability[] = [
  "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
  "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
];

// prettier-ignore
const powerful: readonly PowerfulCapability[] = [
  "ALL", "AUDIT_CONTROL", "AUDIT_READ", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "DAC_READ_SEARCH",
  "IPC_LOCK", "IPC_OWNER", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN",
  "NET_BROADCAST", "PERFMON", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE",
  "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "SYSLOG", "WAKE_ALARM",
];

export const capabilityNames: readonly string[] = [...ordinaryCapabilities, ...powerful];

export function isCapability(value: unknown): value is Capability {
  return (capabilityNames as readonly unknown[]).includes(value);
}

export function isPowerful(value: Capability): boolean {
  return (powerful as readonly string[]).includes(value);
}

/** The name of a capability without its prefix. */
export function capabilityOf(word: string): string {
  return word.toUpperCase().replace(/^CAP_/, "");
}
