/** The keys of `build`. */

import { asText } from "../model/values";
import { fill } from "./aspects/fill";
import * as k from "./aspects/key";
import { butFor, LEAVE_OUT, NO_BUILDER, refused, refusedWhen, warned, WINDOWS } from "./aspects/limit";
import * as long from "./aspects/long";
import * as merging from "./aspects/merging";
import * as path from "./aspects/path";
import * as read from "./aspects/read";
import { extraHosts } from "./namespaces";
import { fileReference, ulimits } from "./shared";
import * as shape from "./aspects/shape";
import { beforeEquals } from "./aspects/unique";

/** Features that the builder of the Engine does not support through the provider. */
const elsewhere: k.Aspects = {
  host: refused(
    NO_BUILDER,
    "do that step in the Dockerfile, or build the image elsewhere and name it by image",
  ),
};
const ofBuildSecret: k.Aspects = { host: warned(NO_BUILDER, "set it in the step that reads the secret") };
const list = k.leaf(shape.listOf(shape.text), read.texts);
const merged: k.Aspects = { merge: merging.append, unique: beforeEquals };
const attestation = k.leaf(shape.oneOf("text", "truth"), read.text, {
  long: long.spelledOut,
  host: warned(NO_BUILDER, LEAVE_OUT),
});

const ssh: read.Decoder<readonly string[]> = (value) => {
  if (!shape.isMapping(value)) return undefined;
  const keys = read
    .sorted(value)
    .map(([id, file]) =>
      file === null || typeof file === "object" || asText(file) === "" ? id : `${id}=${asText(file)}`,
    );
  return keys.length === 0 ? undefined : keys;
};

export const build = k.short(
  { text: shape.text },
  k.record({
    context: k.key(k.text, {
      path: path.context,
      host: refusedWhen("a URL", "must be a folder of this machine", "clone the repository first"),
    }),
    dockerfile: k.key(k.text, {
      host: refusedWhen(
        "a file outside of the context",
        "must be in the context",
        "move it there, or write it as dockerfile_inline",
      ),
    }),
    dockerfile_inline: k.text,
    entitlements: k.key(list, elsewhere),
    args: k.key(k.variables, merged),
    provenance: attestation,
    sbom: attestation,
    /** `ID=PATH`, or `default`. */
    ssh: k.each(k.leaf(shape.pairs, ssh, { long: long.sshKeys, ...elsewhere }), { path: path.path }),
    labels: k.key(k.pairs, merged),
    cache_from: k.key(list, elsewhere),
    cache_to: k.key(list, elsewhere),
    no_cache: k.flag,
    no_cache_filter: k.leaf(shape.textOrTexts, read.texts, { host: warned(NO_BUILDER, "use no_cache") }),
    additional_contexts: k.each(k.key(k.pairs, { long: long.contexts, ...merged, ...elsewhere }), {
      path: path.context,
    }),
    pull: k.key(k.flag, {
      host: warned("requests a newer base image, but the one on the host is used", "use its digest in FROM"),
    }),
    extra_hosts: extraHosts,
    isolation: k.key(k.text, { host: refused(WINDOWS, LEAVE_OUT) }),
    network: k.key(k.text, {
      host: butFor(["default", "none", "host"], refused(NO_BUILDER, "use default, none or host")),
    }),
    target: k.text,
    secrets: k.key(k.listOf(fileReference(ofBuildSecret, ofBuildSecret)), {
      host: refusedWhen(
        "an external secret",
        "has no content on this machine",
        "give it a file or a variable",
      ),
    }),
    shm_size: k.leaf(shape.numeric, read.bytes, elsewhere),
    tags: k.key(list, {
      unique: beforeEquals,
      swarm: warned(
        "gives the image more names, but dockwright names it by its content",
        "tag it with docker tag",
      ),
    }),
    ulimits: k.key(ulimits(), elsewhere),
    platforms: k.key(list, {
      host: refusedWhen("more than one", "is the platform of the host, which has only one", "name that one"),
    }),
    privileged: k.key(k.flag, elsewhere),
  }),
  { long: long.under("context"), fill: fill(() => ({ context: "." })), merge: merging.builds },
);
