/** The keys for namespaces that a service shares with the host or other services, and for name resolution. */

import * as k from "./aspects/key";
import { LEAVE_OUT, NO_TASK, ONE_HOST, refused, refusedWhen, refusedYet } from "./aspects/limit";
import * as long from "./aspects/long";
import { append } from "./aspects/merging";
import * as read from "./aspects/read";
import * as shared from "./shared";
import * as shape from "./aspects/shape";
import { beforeEquals } from "./aspects/unique";

const words = k.leaf(shape.textOrTexts, read.texts, { merge: append, unique: beforeEquals });

export const dns = k.key(words, {
  long: long.filled,

  host: refusedWhen("an IPv6 address", "must be IPv4 addresses", "use the IPv4 address"),
});

export const dnsSearch = k.key(words, {
  host: refusedWhen("`.` or an empty text", "must be domain names", LEAVE_OUT),
});

export const extraHosts = k.key(shared.hosts, {
  host: refusedWhen(
    "an IPv6 address, or several addresses of one host",
    "must have one IPv4 address for each host",
    "keep one IPv4 address",
  ),
});

export const ipc = k.key(k.text, {
  host: { ...refusedYet, values: ["service:*", "container:*", "shareable"] },
  swarm: refused(NO_TASK, ONE_HOST, ["host", "service:*", "container:*", "shareable"]),
});

export const networkMode = k.key(k.text, {
  host: refusedWhen(
    "all but `bridge`, `host`, `none`",
    "shares the network of another container",
    "put both services on one network",
  ),
  swarm: refused(
    "replaces networks, but a task is on networks of the Swarm",
    "use networks, and ports with mode: host where the node's own address is needed",
  ),
});

export const pid = k.leaf(shape.oneOf("text", "null"), read.text, {
  host: { ...refusedYet, values: ["service:*", "container:*"] },
  swarm: refused(NO_TASK, ONE_HOST),
});

export const usernsMode = k.key(k.text, {
  host: refusedYet,
  swarm: refused(NO_TASK, "set it for the whole node: dockerd --userns-remap"),
});
