/** Rules about networks. */

import { listing, type RuleOf, when } from "../rule";

export const networkRules: readonly RuleOf<"network">[] = [
  {
    id: "public-subnet",
    kind: "network",
    title: "A subnet is taken from public addresses",
    severity: "medium",
    reference: "RFC 1918, RFC 6598",
    text: "the host then cannot reach the real owners of those addresses",
    remediation: "use a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
    check: ({ subnets }) =>
      listing(
        "has",
        subnets.filter((each) => /^\d+\./.test(each) && !isPrivate(each)),
      ),
  },
  {
    id: "wide-subnet",
    kind: "network",
    title: "A subnet is wider than /16",
    severity: "low",
    reference: "Docker docs, bridge driver",
    text: "it covers addresses that other networks will need",
    remediation: "use a /24",
    check: ({ subnets }) =>
      listing(
        "has",
        subnets.filter((each) => /^\d+\./.test(each) && Number(each.split("/")[1] ?? 32) < 16),
      ),
  },
  {
    id: "lan-network",
    kind: "network",
    title: "Containers are connected directly to the host's network",
    severity: "medium",
    reference: "Docker docs, macvlan driver",
    text: "with macvlan and ipvlan every port of every container is open to the local network of the host",
    remediation: "use a bridge network and publish the required ports",
    check: ({ driver }) => when(driver === "macvlan" || driver === "ipvlan", `has the driver ${driver}`),
  },
  {
    id: "unencrypted-overlay",
    kind: "network",
    title: "Traffic between nodes is not encrypted",
    severity: "medium",
    reference: "Docker docs, overlay network driver",
    text: "anyone on the network between the nodes can read passwords and data of the services",
    remediation: 'write driver_opts: { encrypted: "true" }',
    check: ({ driver, options }) =>
      when(
        driver === "overlay" && (options["encrypted"] === undefined || options["encrypted"] === "false"),
        "is an overlay without encryption",
      ),
  },
  {
    id: "public-binding-default",
    kind: "network",
    title: "A network publishes on every address by default",
    severity: "low",
    reference: "CIS 1.6.0 5.14",
    text: "ports without an explicit address are open to everyone",
    remediation: "remove com.docker.network.bridge.host_binding_ipv4, or write 127.0.0.1",
    check: ({ options }) =>
      when(
        options["com.docker.network.bridge.host_binding_ipv4"] === "0.0.0.0",
        "has com.docker.network.bridge.host_binding_ipv4=0.0.0.0",
      ),
  },
];

function isPrivate(subnet: string): boolean {
  const [a = 0, b = 0] = subnet.split(".").map(Number);
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254)
  );
}
