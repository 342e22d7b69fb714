/** The keys of `build`. */

import { either, leaf, listOf, numeric, pairs, shape, text, truth } from "./leaf";
import { fileReferences, hosts, ulimits } from "./shared";

export const build = either({
  text,
  map: shape({
    additional_contexts: pairs,
    args: pairs,
    cache_from: listOf(text),
    cache_to: listOf(text),
    context: text,
    dockerfile: text,
    dockerfile_inline: text,
    entitlements: listOf(text),
    extra_hosts: hosts,
    isolation: text,
    labels: pairs,
    network: text,
    no_cache: truth,
    platforms: listOf(text),
    privileged: truth,
    provenance: leaf("text", "truth"),
    pull: truth,
    sbom: leaf("text", "truth"),
    secrets: fileReferences,
    shm_size: numeric,
    ssh: pairs,
    tags: listOf(text),
    target: text,
    ulimits,
  }),
});
