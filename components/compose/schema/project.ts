/** The keys of a Compose file, and the check of a tree against them. */

import type { Findings } from "../faults";
import { type Node, type Path, toPlain, without } from "../node";
import { either, leaf, listOf, mapOf, NAME, nothing, pairs, shape, text, textOrTexts, truth } from "./leaf";
import { service } from "./service";

const external = either({ truth, text, map: shape({ name: text }) });
const driverOptions = mapOf(leaf("text", "number"));

const network = either({
  null: nothing,
  map: shape({
    name: text,
    driver: text,
    driver_opts: driverOptions,
    ipam: shape({
      driver: text,
      config: listOf(shape({ subnet: text, ip_range: text, gateway: text, aux_addresses: mapOf(text) })),
      options: mapOf(text),
    }),
    external,
    internal: truth,
    enable_ipv4: truth,
    enable_ipv6: truth,
    attachable: truth,
    labels: pairs,
  }),
});

const volume = either({
  null: nothing,
  map: shape({ name: text, driver: text, driver_opts: driverOptions, external, labels: pairs }),
});

const project = shape({
  version: leaf("text", "number"),
  name: text,
  include: listOf(
    either({ text, map: shape({ path: textOrTexts, env_file: textOrTexts, project_directory: text }) }),
  ),
  services: mapOf(service, NAME),
  models: mapOf(
    shape(
      { name: text, model: text, context_size: leaf("whole"), runtime_flags: listOf(text) },
      { required: ["model"] },
    ),
  ),
  networks: mapOf(network),
  volumes: mapOf(volume, NAME),
  secrets: mapOf(
    shape({
      name: text,
      environment: text,
      file: text,
      external,
      labels: pairs,
      driver: text,
      driver_opts: driverOptions,
      template_driver: text,
    }),
    NAME,
  ),
  configs: mapOf(
    shape({
      name: text,
      content: text,
      environment: text,
      file: text,
      external,
      labels: pairs,
      template_driver: text,
    }),
    NAME,
  ),
});

/** The tree without what is not as it must be; each such thing is a fault. */
export function checkSchema(root: Node, findings: Findings): Node {
  const result = project.safeParse(toPlain(root));
  if (result.success) return root;
  const paths: Path[] = [];
  for (const issue of result.error.issues) {
    const where = issue.path as Path;
    findings.faultAt(root, where, issue.message, "params" in issue && issue.params?.["key"] === true);
    paths.push(where);
  }
  // From the end, so that the items of a list keep their numbers until it is their turn.
  return paths.reduceRight<Node>((tree, path) => without(tree, path), root);
}
