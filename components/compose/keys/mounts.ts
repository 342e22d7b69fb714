/** The keys of `ports`, `volumes` and `networks` of a service. */

import { fill } from "./aspects/fill";
import * as k from "./aspects/key";
import {
  butFor,
  LEAVE_OUT,
  NO_INPUT,
  refused,
  refusedWhen,
  type Remark,
  warned,
  warnedYet,
} from "./aspects/limit";
import * as long from "./aspects/long";
import { bindSource } from "./aspects/path";
import * as read from "./aspects/read";
import { address } from "./aspects/rule";
import * as shape from "./aspects/shape";
import { beforeEquals, itself, published, volumeTarget } from "./aspects/unique";

const names = k.key(k.texts, { unique: beforeEquals });
const driverOptions = shape.mapOf(shape.oneOf("text", "number"));
const rank = (remark: Remark) => k.leaf(shape.oneOf("number"), read.whole, { host: remark });

export const serviceNetwork = k.orNothing(
  k.record({
    aliases: names,
    driver_opts: k.leaf(driverOptions, read.pairs, { host: warnedYet }),
    gw_priority: rank(warned(NO_INPUT, "put the service on one network")),
    interface_name: k.key(k.text, { host: warned(NO_INPUT, LEAVE_OUT) }),
    ipv4_address: k.key(k.text, {
      swarm: refused(
        "is the address of one container, but a service has several tasks",
        "reach it by the name of the service",
      ),
    }),
    ipv6_address: k.key(k.text, { host: warnedYet }),
    link_local_ips: k.key(names, { host: warnedYet }),
    mac_address: k.key(k.text, { host: warnedYet }),
    priority: rank(
      warned(`${NO_INPUT}: networks are connected in no fixed order`, "put the service on one network"),
    ),
  }),
);

const port = k.short(
  { number: shape.oneOf("number"), text: shape.text },
  k.record({
    name: k.key(k.text, { host: warned("has no effect here", LEAVE_OUT) }),
    mode: k.key(k.text, {
      swarm: refusedWhen("all but `ingress`, `host`", "is not a mode of Docker", "use one of them"),
    }),
    host_ip: k.key(k.text, {
      rule: address,
      swarm: butFor(
        ["0.0.0.0", "::"],
        refused(
          "would be ignored, and the port would be open on every address of the nodes",
          "remove it if that is intended; otherwise publish nothing, and put a Gateway in front",
        ),
      ),
    }),
    target: k.leaf(shape.whole, read.natural, { cast: "whole" }),
    /** A number, or a range from which the Engine picks a free port. */
    published: k.leaf(shape.oneOf("whole", "text"), read.text),
    protocol: k.text,
    app_protocol: k.key(k.text, { host: warned("has no effect here", LEAVE_OUT) }),
  }),
  { fill: fill(() => ({ protocol: "tcp", mode: "ingress" })) },
);

export const ports = k.key(k.setOf(port), {
  long: long.ports,
  unique: published,
  host: refusedWhen(
    "a range of host ports for one port of the container",
    "picks a free port, which differs from run to run",
    "choose one, or omit the host port so that Docker picks one",
  ),
});

export const expose = k.leaf(shape.setOf(shape.oneOf("text", "number")), read.texts, {
  unique: itself,
  host: warned(
    `${NO_INPUT}; services reach each other's ports without it`,
    "remove it, or write EXPOSE in the Dockerfile if a proxy reads it",
  ),
});

const mount = k.short(
  { text: shape.text },
  k.record(
    {
      type: k.leaf(shape.wordOf("bind", "volume", "tmpfs", "cluster", "npipe", "image"), read.text, {
        host: refused(NO_INPUT, "use volume, bind or tmpfs; files of an image are copied with COPY --from", [
          "npipe",
          "cluster",
          "image",
        ]),
      }),
      source: k.text,
      target: k.text,
      read_only: k.key(k.flag, { cast: "truth" }),
      consistency: k.key(k.text, { host: warned("has no meaning on Linux", LEAVE_OUT) }),
      bind: k.record({
        selinux: k.leaf(shape.wordOf("z", "Z"), read.text, { host: warnedYet }),
        propagation: k.key(k.text, {
          host: warned(NO_INPUT, "remove it; Docker's default applies"),
        }),
        /** Also `false`, which is not the default. */
        create_host_path: k.truth,
        recursive: k.leaf(shape.wordOf("enabled", "disabled", "writable", "readonly"), read.text, {
          host: warned(NO_INPUT, LEAVE_OUT),
        }),
      }),
      volume: k.record({
        labels: k.key(k.pairs, { host: warned(NO_INPUT, "set them on the volume") }),
        nocopy: k.key(k.flag, { cast: "truth", host: warnedYet }),
        subpath: k.key(k.text, { host: refused(NO_INPUT, "use a separate volume for that part") }),
      }),
      tmpfs: k.record({
        size: k.leaf(shape.wholeFrom(0), read.bytes),
        mode: k.leaf(shape.numeric, read.natural),
      }),
      image: k.record({
        subpath: k.key(k.text, { host: refused(NO_INPUT, "copy files of an image with COPY --from") }),
      }),
    },
    { required: ["type"] },
  ),
  { long: long.volume, path: bindSource },
);

const drive = refusedWhen(
  "a source of one letter in the short form",
  "is read as a Windows drive",
  "give the volume a longer name, or write the long form",
);

export const volumes = k.key(k.setOf(mount), {
  unique: volumeTarget,
  host: drive,
  swarm: [
    drive,
    refusedWhen(
      "a volume without a name",
      "loses track of its data when its task is replaced",
      "write data:/path, and data under volumes",
    ),
  ],
});
