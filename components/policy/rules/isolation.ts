/** Rules about the isolation of a container from its host. */

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
    text: "it has every capability and every device: an attacker who breaks out controls the host",
    remediation: "remove privileged, and add only the capability or device that is needed",
    check: ({ privileged }) => when(privileged, "runs privileged"),
  },
  {
    id: "powerful-capability",
    kind: "container",
    title: "A capability affects more than the container",
    severity: "high",
    reference: cis("5.4"),
    text: "capabilities such as SYS_ADMIN or NET_ADMIN let a process change the host",
    remediation: "remove the capability, or run that task elsewhere",
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
    text: "few programs need the 14 default capabilities of Docker",
    remediation: "drop ALL, and add only what the program needs",
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
    text: "access to Docker allows starting any container, which gives control of the host; a read-only mount does not prevent this",
    remediation: "remove the mount; use a proxy that only allows the required calls",
    check: (subject) => listing("mounts", binds(subject, "dockerSocket")),
  },
  {
    id: "sensitive-mount",
    kind: "container",
    title: "A sensitive path of the host is mounted",
    severity: "high",
    reference: cis("5.6"),
    text: "through such a path a container can take over or read the host",
    remediation: "mount a volume, or only the required file from a separate folder",
    check: (subject) => listing("mounts", binds(subject, "hostPaths")),
  },
  {
    id: "host-network",
    kind: "container",
    title: "The host's network is shared",
    severity: "high",
    reference: cis("5.10"),
    text: "every port of the container is a host port, and the services on the host's loopback are reachable",
    remediation: "connect it to a network and publish the required ports",
    check: ({ networkMode }) => when(networkMode === "host", "shares the host's network"),
  },
  {
    id: "host-pid",
    kind: "container",
    title: "The host's process ids are shared",
    severity: "high",
    reference: cis("5.16"),
    text: "a process in the container sees the processes of the host, and as root can kill or trace them",
    remediation: "remove pid: host",
    check: ({ pid }) => when(pid === "host", "shares the host's process ids"),
  },
  {
    id: "host-ipc",
    kind: "container",
    title: "The host's inter-process communication is shared",
    severity: "high",
    reference: cis("5.17"),
    text: "a process in the container reads the shared memory of the host's processes",
    remediation: "remove ipc: host; set shm_size for more shared memory",
    check: ({ ipc }) => when(ipc === "host", "shares the host's inter-process communication"),
  },
  {
    id: "host-uts",
    kind: "container",
    title: "The host's name is shared",
    severity: "medium",
    reference: cis("5.21"),
    text: "a privileged process could rename the host",
    remediation: "remove uts: host; set hostname",
    check: ({ uts }) => when(uts === "host", "shares the host's name"),
  },
  {
    id: "host-user-namespace",
    kind: "container",
    title: "The host's user namespace is shared",
    severity: "medium",
    reference: cis("5.31"),
    text: "root in the container is root on the host, even if the Engine maps users",
    remediation: "remove userns: host",
    check: ({ userNamespace }) => when(userNamespace === "host", "uses the host's user namespace"),
  },
  {
    id: "host-device",
    kind: "container",
    title: "A host device is accessible",
    severity: "medium",
    reference: cis("5.18"),
    text: "a device gives direct access to the host's hardware",
    remediation: "remove the device, or add a waiver with the reason",
    check: ({ devices }) => listing("has", devices),
  },
  {
    id: "unconfined",
    kind: "container",
    title: "A kernel protection is disabled",
    severity: "high",
    reference: cis("5.2, 5.3, 5.22"),
    text: "seccomp, AppArmor and SELinux block rarely used, often vulnerable parts of the kernel",
    remediation: "remove the option, or use a profile that allows only what is needed",
    check: ({ securityOptions }) => listing("has", securityOptions.filter(isUnconfined)),
  },
  {
    id: "new-privileges",
    kind: "container",
    title: "Processes may gain privileges",
    severity: "medium",
    reference: cis("5.26"),
    text: "a setuid program in the image can make any user root",
    remediation: "add the security option no-new-privileges:true",
    check: ({ securityOptions, swarm }) =>
      when(
        // A Swarm cannot prevent it.
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
    remediation: "remove the propagation, or write rslave",
    check: ({ mounts }) =>
      listing(
        "shares mounts below",
        mounts.filter(({ propagation }) => /^r?shared$/.test(propagation)).map(({ source }) => source),
      ),
  },
];
