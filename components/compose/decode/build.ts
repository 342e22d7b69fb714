/** `build` of a service. */

import type { Build } from "../model";
import { asText } from "../values";
import {
  bytes,
  type Decoder,
  flag,
  isMapping,
  listOf,
  pairs,
  record,
  sorted,
  text,
  texts,
  variables,
} from "./leaf";
import { fileReference, hosts, ulimits } from "./shared";

const ssh: Decoder<readonly string[]> = (value) => {
  if (!isMapping(value)) return undefined;
  const keys = sorted(value).map(([id, path]) =>
    path === null || typeof path === "object" || asText(path) === "" ? id : `${id}=${asText(path)}`,
  );
  return keys.length === 0 ? undefined : keys;
};

export const build = record<Build>({
  context: text,
  dockerfile: text,
  dockerfile_inline: text,
  entitlements: texts,
  args: variables,
  provenance: text,
  sbom: text,
  ssh,
  labels: pairs,
  cache_from: texts,
  cache_to: texts,
  no_cache: flag,
  additional_contexts: pairs,
  pull: flag,
  extra_hosts: hosts,
  isolation: text,
  network: text,
  target: text,
  secrets: listOf(fileReference),
  shm_size: bytes,
  tags: texts,
  ulimits,
  platforms: texts,
  privileged: flag,
});
