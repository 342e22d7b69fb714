/** The keys of a Compose file. */

import * as k from "./aspects/key";
import {
  BY_HAND,
  LEAVE_OUT,
  butFor,
  NO_INPUT,
  NOT_HERE,
  OWN_NETWORK,
  OWN_VOLUME,
  refused,
  refusedWhen,
  refusedYet,
  SWARM,
  warned,
  warnedWhen,
  warnedYet,
} from "./aspects/limit";
import * as long from "./aspects/long";
import * as merging from "./aspects/merging";
import * as path from "./aspects/path";
import * as read from "./aspects/read";
import * as rule from "./aspects/rule";
import { service } from "./service";
import * as shape from "./aspects/shape";
import { beforeEquals } from "./aspects/unique";

const switched: k.Aspects = { cast: "truth" };
const flag = k.key(k.flag, switched);
const truth = k.key(k.truth, switched);
const external = k.leaf(
  shape.either({ truth: shape.truth, text: shape.text, map: shape.record({ name: k.text }) }),
  read.flag,
  switched,
);
const driverOptions = k.leaf(shape.mapOf(shape.oneOf("text", "number")), read.pairs);
const texts = k.leaf(shape.mapOf(shape.text), read.pairs);

const network = k.key(
  k.orNull(
    k.record({
      ipam: k.always(
        k.record({
          driver: k.key(k.text, {
            host: refusedWhen("all but `default`", refusedYet.why, OWN_NETWORK),
          }),
          config: k.key(
            k.listOf(
              k.record({
                subnet: k.text,
                gateway: k.text,
                ip_range: k.text,
                aux_addresses: k.key(texts, { host: warned(NO_INPUT, OWN_NETWORK) }),
              }),
            ),
            {
              merge: merging.pools,
              host: refusedWhen("more than one pool", refusedYet.why, OWN_NETWORK),
            },
          ),
          options: k.unprinted(k.key(texts, { unique: beforeEquals, host: warned(NO_INPUT, OWN_NETWORK) })),
        }),
        {},
      ),
      name: k.key(k.text, {
        swarm: refusedWhen(
          "`bridge`, `host`, `none` with `external: true`",
          "is a local network of each node",
          "publish a port with mode: host where the node's own address is needed",
        ),
      }),
      driver: k.key(k.text, {
        host: refusedWhen("all but `bridge`, `default`", "is not a driver for one Docker host", OWN_NETWORK),
        swarm: butFor(
          ["overlay", "default"],
          refused("is limited to one node, but tasks run on several", "remove it to use overlay"),
        ),
      }),
      driver_opts: driverOptions,
      external,
      internal: flag,
      attachable: k.key(flag, { host: warnedYet, swarm: "supported" }),
      labels: k.key(k.pairs, { merge: merging.append, unique: beforeEquals }),
      enable_ipv4: k.key(truth, {
        host: warned(NO_INPUT, "remove it; networks have IPv4", ["false"]),
      }),
      enable_ipv6: k.key(truth, { host: refused(refusedYet.why, OWN_NETWORK) }),
    }),
  ),
  { long: long.external },
);

const onEachNode = refused(OWN_VOLUME, BY_HAND);

const volume = k.key(
  k.orNull(
    k.record({
      name: k.text,
      driver: k.key(k.text, { swarm: butFor(["local"], onEachNode) }),
      driver_opts: k.key(driverOptions, { swarm: onEachNode }),
      external,
      labels: k.key(k.pairs, { merge: merging.append, swarm: warned(OWN_VOLUME, BY_HAND) }),
    }),
  ),
  { long: long.external, path: path.boundDevice, rule: rule.nameIfExternal },
);

const file = k.key(k.text, { path: path.path });
const externalObject = (what: string, instead: string) =>
  k.key(external, {
    host: refused(`refers to a ${what} of a cluster, which does not exist on one host`, `use ${instead}`),
    swarm: "supported",
  });
const templateDriver = k.key(k.text, {
  host: refused(SWARM, "write the final content"),
  swarm: refused(NOT_HERE, "write the final content"),
});

const ofCluster = k.key(k.pairs, { host: warned(SWARM, LEAVE_OUT), swarm: "supported" });

/** The loader gives every object one. */
const nameOfCluster = k.key(k.text, {
  host: warnedWhen("other than `PROJECT_KEY`", SWARM, LEAVE_OUT),
  swarm: "supported",
});

const secret = k.key(
  k.record({
    name: nameOfCluster,
    file,
    environment: k.text,
    external: externalObject("secret", "file or environment"),
    labels: ofCluster,
    driver: k.key(k.text, {
      host: refused("needs a cluster with that driver", "use file or environment"),
      swarm: refused(NOT_HERE, "use file, environment or external"),
    }),
    driver_opts: k.key(driverOptions, { host: warned(SWARM, LEAVE_OUT), swarm: warned(NOT_HERE, LEAVE_OUT) }),
    template_driver: templateDriver,
  }),
  {
    long: long.external,
    rule: rule.fromOneOf("file", "environment"),
  },
);

const config = k.key(
  k.record({
    name: nameOfCluster,
    file,
    environment: k.text,
    content: k.text,
    external: externalObject("config", "file, environment or content"),
    labels: ofCluster,
    template_driver: templateDriver,
  }),
  { long: long.external, rule: rule.fromOneOf("file", "environment", "content") },
);

const fileNames = k.leaf(shape.textOrTexts, read.texts);

export const project = k.record({
  version: k.unprinted(k.leaf(shape.oneOf("text", "number"), read.text)),
  name: k.unprinted(k.text),
  include: k.unprinted(
    k.listOf(
      k.short(
        { text: shape.text },
        k.record({ path: fileNames, env_file: fileNames, project_directory: k.text }),
      ),
    ),
  ),
  services: k.always(
    k.mapOf(
      k.key(service, {
        host: refusedWhen(
          "awaited both as healthy and as completed",
          "either runs until it is stopped, or to completion",
          "use only one of the two conditions",
        ),
      }),
      shape.NAME,
    ),
    {},
  ),
  models: k.unprinted(
    k.mapOf(
      k.record(
        {
          name: k.text,
          model: k.text,
          context_size: k.leaf(shape.oneOf("whole"), read.whole),
          runtime_flags: k.leaf(shape.listOf(shape.text), read.texts),
        },
        { required: ["model"] },
      ),
    ),
  ),
  networks: k.mapOf(network),
  volumes: k.mapOf(volume, shape.NAME),
  secrets: k.mapOf(secret, shape.NAME),
  configs: k.mapOf(config, shape.NAME),
});
