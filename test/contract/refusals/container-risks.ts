/** Risks without a reason, and networks that a container cannot be on. */

import * as pulumi from "@pulumi/pulumi";
import { BridgeNetwork, Container, Volume } from "../../../components";
import { image, type Refusal, web } from "./refusal";

const bind = (path: string, rest = {}) => web({ mounts: [{ bind: path, path: "/data" }], ...rest });
const on =
  (attach: (network: BridgeNetwork) => unknown, args = {}, rest = {}) =>
  () =>
    new Container("web", {
      image: image(),
      networks: attach(new BridgeNetwork("net", args)),
      ...rest,
    } as never);
const why = "reads a card reader that only root may open";

export const riskRefusals: readonly Refusal[] = [
  [
    "the Docker socket",
    bind("/var/run/docker.sock"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/var/run/docker.sock" gives control over the Docker host; if this is intended, give the reason in unsafe.dockerSocket',
    ],
  ],
  [
    "the folder of the Docker socket",
    bind("/run"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/run" gives control over the Docker host; if this is intended, give the reason in unsafe.dockerSocket',
    ],
  ],
  [
    "the host's configuration",
    bind("/etc"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/etc" is a sensitive path of the host; if this is intended, give the reason in unsafe.hostPaths',
    ],
  ],
  [
    "the whole host",
    bind("/"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/" is a sensitive path of the host; if this is intended, give the reason in unsafe.hostPaths',
    ],
  ],
  [
    "a folder that holds a sensitive one",
    bind("/var/lib"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/var/lib" is a sensitive path of the host; if this is intended, give the reason in unsafe.hostPaths',
    ],
  ],
  [
    "somebody's keys",
    bind("/home/ada/.ssh"),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/home/ada/.ssh" is a sensitive path of the host; if this is intended, give the reason in unsafe.hostPaths',
    ],
  ],
  [
    "a reason for another risk",
    bind("/etc", { unsafe: { devices: why } }),
    [
      'container "web" has 1 invalid argument',
      '  mounts[0].bind: "/etc" is a sensitive path of the host; if this is intended, give the reason in unsafe.hostPaths',
    ],
  ],
  [
    "a powerful capability",
    web({ capabilities: ["SYS_ADMIN"] }),
    [
      'container "web" has 1 invalid argument',
      '  capabilities[0]: "SYS_ADMIN" affects more than the container; if this is intended, give the reason in unsafe.capabilities',
    ],
  ],
  [
    "a capability with its prefix",
    web({ capabilities: ["CAP_NET_ADMIN"] }),
    [
      'container "web" has 1 invalid argument',
      '  capabilities[0]: must be a Linux capability without the CAP_ prefix, got "CAP_NET_ADMIN"; write "NET_ADMIN"',
    ],
  ],
  [
    "a capability in lower case",
    web({ capabilities: ["chown"] }),
    [
      'container "web" has 1 invalid argument',
      '  capabilities[0]: must be a Linux capability without the CAP_ prefix, got "chown"; write "CHOWN"',
    ],
  ],
  [
    "a slip of the hand in a capability",
    web({ capabilities: ["NET_ADMN"] }),
    [
      'container "web" has 1 invalid argument',
      '  capabilities[0]: must be a Linux capability without the CAP_ prefix, got "NET_ADMN"; did you mean "NET_ADMIN"?',
    ],
  ],
  [
    "a single capability",
    web({ capabilities: "CHOWN" }),
    ['container "web" has 1 invalid argument', '  capabilities: must be a list, got "CHOWN"'],
  ],
  [
    "a capability of a privileged container",
    web({ capabilities: ["CHOWN"], unsafe: { privileged: why } }),
    [
      'container "web" has 1 invalid argument',
      "  capabilities: has no effect with unsafe.privileged, which grants all; keep one",
    ],
  ],
  [
    "an option that switches confinement off",
    web({ securityOptions: ["seccomp=unconfined"] }),
    [
      'container "web" has 1 invalid argument',
      '  securityOptions[0]: "seccomp=unconfined" disables a protection; if this is intended, give the reason in unsafe.unconfined',
    ],
  ],
  [
    "an option that is there already",
    web({ securityOptions: ["no-new-privileges:true"] }),
    [
      'container "web" has 1 invalid argument',
      '  securityOptions[0]: must be an option such as "apparmor=docker-default", not no-new-privileges, which unsafe.newPrivileges lifts, got "no-new-privileges:true"',
    ],
  ],
  [
    "an option that lifts a default",
    web({ securityOptions: ["no-new-privileges:false"] }),
    [
      'container "web" has 1 invalid argument',
      '  securityOptions[0]: must be an option such as "apparmor=docker-default", not no-new-privileges, which unsafe.newPrivileges lifts, got "no-new-privileges:false"',
    ],
  ],
  [
    "an empty option",
    web({ securityOptions: [""] }),
    [
      'container "web" has 1 invalid argument',
      '  securityOptions[0]: must be an option such as "apparmor=docker-default", not no-new-privileges, which unsafe.newPrivileges lifts, got ""',
    ],
  ],
  [
    "a device",
    web({ devices: { "/dev/fuse": "/dev/fuse" } }),
    [
      'container "web" has 1 invalid argument',
      "  devices: gives devices of the host to the container; if this is intended, give the reason in unsafe.devices",
    ],
  ],
  [
    "devices as a list",
    web({ devices: ["/dev/fuse"] }),
    [
      'container "web" has 1 invalid argument',
      "  devices: must be an object of names and values, got a list of 1",
    ],
  ],
  [
    "a device that is none",
    web({ devices: { "/etc": "/dev/etc" }, unsafe: { devices: why } }),
    [
      'container "web" has 1 invalid argument',
      '  devices["/etc"]: must be a device path of the host such as /dev/fuse, got "/etc"',
    ],
  ],
  [
    "a device beside /dev",
    web({ devices: { "/dev/fuse": "/dev/../etc" }, unsafe: { devices: why } }),
    [
      'container "web" has 1 invalid argument',
      '  devices["/dev/fuse"]: must be a device path in the container such as /dev/fuse, got "/dev/../etc"',
    ],
  ],
  [
    "the host's network",
    web({ networkMode: "host" }),
    [
      'container "web" has 1 invalid argument',
      '  networkMode: "host" removes the network isolation; if this is intended, give the reason in unsafe.hostNetwork',
    ],
  ],
  [
    "a reason that is none",
    web({ networkMode: "host", unsafe: { hostNetwork: "yes" } }),
    [
      'container "web" has 1 invalid argument',
      '  unsafe.hostNetwork: must be a reason of at least 10 characters, for the reviewer, got "yes"',
    ],
  ],
  [
    "a boolean as a reason",
    web({ networkMode: "host", unsafe: { hostNetwork: true } }),
    [
      'container "web" has 1 invalid argument',
      "  unsafe.hostNetwork: must be a reason of at least 10 characters, for the reviewer, got true; write it in quotes",
    ],
  ],
  [
    "a risk that does not exist",
    web({ unsafe: { priviledged: why } }),
    [
      'container "web" has 1 invalid argument',
      '  unsafe: "priviledged" is not a known key; did you mean "privileged"?',
    ],
  ],
  [
    "risks as a list",
    web({ unsafe: ["privileged"] }),
    ['container "web" has 1 invalid argument', "  unsafe: must be an object, got a list of 1"],
  ],
  [
    "privileged as an argument",
    web({ privileged: true }),
    ['container "web" has 1 invalid argument', '  "privileged" is not a known key; write unsafe.privileged'],
  ],
  [
    "a root that is read-only in words",
    web({ readOnlyRoot: "yes" }),
    ['container "web" has 1 invalid argument', '  readOnlyRoot: must be true or false, got "yes"'],
  ],

  [
    "an unknown mode",
    web({ networkMode: "hsot" }),
    [
      'container "web" has 1 invalid argument',
      '  networkMode: must be "bridge", "host" or "none", got "hsot"; did you mean "host"?',
    ],
  ],
  [
    "a mode beside a network",
    on((net) => [net], {}, { networkMode: "bridge" }),
    ['container "web" has 1 invalid argument', "  networkMode: and networks exclude each other; keep one"],
  ],
  [
    "no network at all",
    web({ networks: [] }),
    [
      'container "web" has 1 invalid argument',
      '  networks: must not be empty; for no network write networkMode: "none"',
    ],
  ],
  [
    "a network by name",
    web({ networks: ["front"] }),
    [
      'container "web" has 1 invalid argument',
      '  networks[0]: must be a BridgeNetwork or an attachment to one, got "front"',
    ],
  ],
  [
    "a single network",
    on((net) => net),
    ['container "web" has 1 invalid argument', "  networks: must be a list, got a BridgeNetwork"],
  ],
  [
    "a network that is known late",
    on((net) => [pulumi.output(net)]),
    [
      'container "web" has 1 invalid argument',
      "  networks[0]: must be a BridgeNetwork or an attachment to one, got an Output, but the value must be known at preview time",
    ],
  ],
  [
    "another component as a network",
    () => web({ networks: [new Volume("data")] })(),
    [
      'container "web" has 1 invalid argument',
      "  networks[0]: must be a BridgeNetwork or an attachment to one, got a Volume",
    ],
  ],
  [
    "an attachment to nothing",
    web({ networks: [{ aliases: ["web"] }] }),
    ['container "web" has 1 invalid argument', "  networks[0].network: is required: a BridgeNetwork"],
  ],
  [
    "a network twice",
    on((net) => [net, { network: net }]),
    [
      'container "web" has 1 invalid argument',
      "  networks[1]: must be a network that is not listed yet, got the same one again",
    ],
  ],
  [
    "an alias with a blank",
    on((network) => [{ network, aliases: ["my web"] }]),
    [
      'container "web" has 1 invalid argument',
      '  networks[0].aliases[0]: must be a host name: letters, digits, . and -, got "my web"',
    ],
  ],
  [
    "a single alias",
    on((network) => [{ network, aliases: "web" }]),
    ['container "web" has 1 invalid argument', '  networks[0].aliases: must be a list, got "web"'],
  ],
  [
    "an address that is none",
    on((network) => [{ network, ipv4Address: "10.20.0.300" }]),
    [
      'container "web" has 1 invalid argument',
      '  networks[0].ipv4Address: must be an IPv4 address, got "10.20.0.300"',
    ],
  ],
  [
    "an address outside of the network",
    on((network) => [{ network, ipv4Address: "10.21.0.5" }], { subnet: "10.20.0.0/24" }),
    [
      'container "web" has 1 invalid argument',
      '  networks[0].ipv4Address: must be a usable address of 10.20.0.0/24, got "10.21.0.5"',
    ],
  ],
  [
    "an address on a network that Docker numbers",
    on((network) => [{ network, ipv4Address: "10.20.0.5" }]),
    [
      'container "web" has 1 invalid argument',
      "  networks[0].ipv4Address: needs a network with a subnet; give it one",
    ],
  ],
];
