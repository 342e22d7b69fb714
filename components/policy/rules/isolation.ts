/** What separates a container from its host. */

import { isCapability, isPowerful, ordinaryCapabilities } from "../../container/security/capability";
import { riskOfPath } from "../../container/security/host-path";
import { forbidsNewPrivileges, isUnconfined } from "../../container/security/security";
import { cis, listing, type RuleOf, when } from "../rule";
import type { ContainerSubject } from "../subject";

const binds = ({ mounts }: ContainerSubject, risk: "dockerSocket" | "hostPaths"): string[] =>
  mounts
    .filter(({ kind, source }) => kind === "bind" && riskOfPath(source) === risk)
    .map(({ source }) => source);

export const isolationRules: readonly RuleOf<"container">[] = [
  {
    id: "privileged",
    kind: "container",
    title: "A container is privileged",
    severity: "high",
    reference: cis("5.5"),
    text: "it has every capability and every device: whoever breaks out of the program owns the host",
    remediation: "take privileged away, and add the one capability or device that is needed",
    check: ({ privileged }) => when(privileged, "runs privileged"),
  },
  {
    id: "powerful-capability",
    kind: "container",
    title: "A capability reaches beyond the container",
    severity: "high",
    reference: cis("5.4"),
    text: "capabilities such as SYS_ADMIN or NET_ADMIN let a process change the host",
    remediation: "take the capability away, or run that one task elsewhere",
    check: ({ addedCapabilities }) =>
      listing(
        "adds",
        addedCapabilities.filter((each) => isCapability(each) && isPowerful(each)),
      ),
  },
  {
    id: "default-capabilities",
    kind: "container",
    title: "Docker's default capabilities are kept",
    severity: "medium",
    reference: cis("5.4"),
    text: "few programs need the 14 capabilities that Docker gives to each of them",
    remediation: "drop ALL, and add back what the program needs",
    check: ({ privileged, addedCapabilities, droppedCapabilities }) =>
      when(
        !privileged &&
          (!droppedCapabilities.includes("ALL") ||
            ordinaryCapabilities.every((each) => addedCapabilities.includes(each))),
        "has Docker's default capabilities",
      ),
  },
  {
    id: "docker-socket",
    kind: "container",
    title: "The Docker socket is mounted",
    severity: "high",
    reference: cis("5.32"),
    text: "whoever speaks to Docker may start any container, and so owns the host; read-only changes nothing",
    remediation: "take the mount away; put a proxy that allows single calls in its place",
    check: (subject) => listing("mounts", binds(subject, "dockerSocket")),
  },
  {
    id: "sensitive-mount",
    kind: "container",
    title: "A sensitive path of the host is mounted",
    severity: "high",
    reference: cis("5.6"),
    text: "by such paths a container can take over or spy on the host",
    remediation: "mount a volume, or the one file that is needed from a folder of its own",
    check: (subject) => listing("mounts", binds(subject, "hostPaths")),
  },
  {
    id: "host-network",
    kind: "container",
    title: "The host's network is shared",
    severity: "high",
    reference: cis("5.10"),
    text: "every port of the container is one of the host's, and so are the services of its loopback",
    remediation: "put it on a network and publish the ports that are needed",
    check: ({ networkMode }) => when(networkMode === "host", "shares the host's network"),
  },
  {
    id: "host-pid",
    kind: "container",
    title: "The host's process ids are shared",
    severity: "high",
    reference: cis("5.16"),
    text: "a process in the container sees those of the host, and as root may end or trace them",
    remediation: "take pid: host away",
    check: ({ pid }) => when(pid === "host", "shares the host's process ids"),
  },
  {
    id: "host-ipc",
    kind: "container",
    title: "The host's inter-process communication is shared",
    severity: "high",
    reference: cis("5.17"),
    text: "a process in the container reads the shared memory of the host's processes",
    remediation: "take ipc: host away; give more shared memory by its size",
    check: ({ ipc }) => when(ipc === "host", "shares the host's inter-process communication"),
  },
  {
    id: "host-uts",
    kind: "container",
    title: "The host's name is shared",
    severity: "medium",
    reference: cis("5.21"),
    text: "a process that may would rename the host",
    remediation: "take uts: host away; give a hostname",
    check: ({ uts }) => when(uts === "host", "shares the host's name"),
  },
  {
    id: "host-user-namespace",
    kind: "container",
    title: "The host's user namespace is asked for",
    severity: "medium",
    reference: cis("5.31"),
    text: "root in the container is then root of the host, also where the Engine maps users",
    remediation: "take userns: host away",
    check: ({ userNamespace }) => when(userNamespace === "host", "asks for the host's user namespace"),
  },
  {
    id: "host-device",
    kind: "container",
    title: "A device of the host is handed over",
    severity: "medium",
    reference: cis("5.18"),
    text: "by a device a container reaches the host's hardware past every other limit",
    remediation: "take the device away, or waive it with the reason",
    check: ({ devices }) => listing("has", devices),
  },
  {
    id: "unconfined",
    kind: "container",
    title: "A protection of the kernel is switched off",
    severity: "high",
    reference: cis("5.2, 5.3, 5.22"),
    text: "seccomp, AppArmor and SELinux keep a container from the kernel's rarely used, often faulty parts",
    remediation: "take the option away, or name a profile that allows what is needed",
    check: ({ securityOptions }) => listing("has", securityOptions.filter(isUnconfined)),
  },
  {
    id: "new-privileges",
    kind: "container",
    title: "Processes may gain privileges",
    severity: "medium",
    reference: cis("5.26"),
    text: "a setuid program in the image makes root of any user",
    remediation: "add the security option no-new-privileges:true",
    check: ({ securityOptions, swarm }) =>
      when(
        // A Swarm cannot forbid it.
        swarm === undefined && !securityOptions.some(forbidsNewPrivileges),
        "lets processes gain privileges",
      ),
  },
  {
    id: "shared-propagation",
    kind: "container",
    title: "Mounts made in the container appear on the host",
    severity: "medium",
    reference: cis("5.20"),
    text: "with shared propagation a container changes what the host's processes see",
    remediation: "take the propagation away, or write rslave",
    check: ({ mounts }) =>
      listing(
        "shares mounts below",
        mounts.filter(({ propagation }) => /^r?shared$/.test(propagation)).map(({ source }) => source),
      ),
  },
];
