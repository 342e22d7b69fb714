/** The arguments for networks, ports and name resolution. */

import { listOf, mapOf, oneOf, text } from "../../core/schema";
import { attachment, attachmentInputs } from "../attachment";
import { hostNameSchema } from "../../network/host-name";
import { hostAddress, ipv4Address } from "../../network/ip-address";
import { portMapping } from "../ports/port";
import { portInput } from "../ports/published";
import {
  type Arguments,
  NOT_OF_JOBS,
  notOnASwarm,
  ON_ITS_HOST,
  own,
  refused,
  replaces,
  replacesUnseen,
  same,
} from "./argument";

const CONTAINER = "TaskTemplate.ContainerSpec";

export const networkArguments = {
  ports: {
    schema: listOf(portMapping),
    fields: { ports: replaces },
    inputs: (_, __, { bindings }) => (bindings.length > 0 ? { ports: bindings.map(portInput) } : {}),
    job: NOT_OF_JOBS,
    swarm: own({ "EndpointSpec.Ports": "" }),
    compose: {
      ports: "",
      "ports.*": "*",
      "ports.*.host_ip": "*.address",
      "ports.*.protocol": "*.protocol",
      "ports.*.published": "*.host",
      "ports.*.target": "*.container",
    },
  },
  networks: {
    schema: listOf(attachment).min(1, 'must not be empty; for no network write networkMode: "none"'),
    // A label stores the names that it gets when it is ready.
    fields: { networksAdvanced: replaces, 'labels["io.dockwright.aliases"]': replaces },
    inputs: (_, __, { attachments, service, named }) =>
      attachments.length > 0 ? { networksAdvanced: attachmentInputs(attachments, service, named) } : {},
    job: true,
    swarm: own({ "TaskTemplate.Networks": "" }),
    compose: { networks: "" },
  },
  networkMode: {
    schema: oneOf(["bridge", "host", "none"]),
    default: "bridge",
    fields: { networkMode: replaces },
    inputs: (networkMode, _, { attachments }) => (attachments.length > 0 ? {} : { networkMode }),
    job: true,
    swarm: refused(`networks: tasks are on overlay networks; to use the host's network ${ON_ITS_HOST}`),
    compose: { network_mode: "" },
  },
  hostname: {
    schema: hostNameSchema,
    fields: { hostname: replacesUnseen },
    job: true,
    swarm: same({ [`${CONTAINER}.Hostname`]: "" }),
    compose: { hostname: "" },
  },
  domainName: {
    schema: hostNameSchema,
    fields: { domainname: replacesUnseen },
    job: true,
    swarm: notOnASwarm("does not support a domain name for tasks"),
    compose: { domainname: "" },
  },
  extraHosts: {
    schema: mapOf(hostAddress, hostNameSchema),
    fields: { hosts: replaces },
    inputs: (hosts) => ({ hosts: Object.entries(hosts).map(([host, ip]) => ({ host, ip })) }),
    job: true,
    swarm: own({ [`${CONTAINER}.Hosts`]: "" }),
    compose: { extra_hosts: "" },
  },
  dns: {
    schema: listOf(ipv4Address),
    fields: { dns: replaces },
    job: true,
    swarm: same({ [`${CONTAINER}.DNSConfig.Nameservers`]: "" }),
    compose: { dns: "", "dns.*": "*" },
  },
  dnsSearch: {
    schema: listOf(hostNameSchema),
    fields: { dnsSearches: replaces },
    job: true,
    swarm: same({ [`${CONTAINER}.DNSConfig.Search`]: "" }),
    compose: { dns_search: "", "dns_search.*": "*" },
  },
  dnsOptions: {
    schema: listOf(text('an option such as "ndots:2"', (value) => /^[a-z0-9-]+(:\d+)?$/.test(value))),
    fields: { dnsOpts: replaces },
    job: true,
    swarm: notOnASwarm("does not support resolver options for tasks"),
    compose: { dns_opt: "", "dns_opt.*": "*" },
  },
} satisfies Arguments<
  | "dns"
  | "dnsOptions"
  | "dnsSearch"
  | "domainName"
  | "extraHosts"
  | "hostname"
  | "networkMode"
  | "networks"
  | "ports"
>;
