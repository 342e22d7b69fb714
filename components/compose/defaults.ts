/** What Compose fills in where a file says nothing. */

import { get, map, type MapNode, mapValues, type Node, scalar, textOf, toPlain, withKey } from "./node";
import { Patterns, type Rewrite, rewrite } from "./patterns";
import { plainText } from "./values";

const filled =
  (defaults: (node: MapNode) => Readonly<Record<string, string>>): Rewrite =>
  (node) => {
    if (node.kind !== "map") return node;
    return Object.entries(defaults(node)).reduce(
      (result, [key, value]) =>
        result.entries.has(key) ? result : withKey(result, key, scalar(value, node.place)),
      node,
    );
  };

/** Every device, unless a number of them or certain ones are asked for. */
const deviceCount = filled((node): Record<string, string> =>
  node.entries.has("device_ids") ? {} : { count: "all" },
);

const RULES = new Patterns<Rewrite>({
  "services.*.build": filled(() => ({ context: "." })),
  "services.*.secrets.*": filled((node) => ({
    target: `/run/secrets/${plainText(toPlain(get(node, "source") ?? scalar("", node.place)))}`,
  })),
  "services.*.ports.*": filled(() => ({ protocol: "tcp", mode: "ingress" })),
  "services.*.deploy.resources.reservations.devices.*": deviceCount,
  "services.*.gpus.*": deviceCount,
});

export function withDefaults(root: Node): Node {
  return rewrite(root, RULES) ?? root;
}

/** The networks that nobody wrote down: a service without any is on `default`. */
export function withDefaultNetwork(root: MapNode): MapNode {
  const services = get(root, "services");
  if (services?.kind !== "map") return root;
  const connected = mapValues(services, (service) =>
    service.kind === "map" ? withSomeNetwork(service) : service,
  );
  const result = withKey(root, "services", connected);
  const used = [...connected.entries.values()].some(
    ({ value }) => get(get(value, "networks"), "default") !== undefined,
  );
  const networks = get(result, "networks") ?? map({}, root.place);
  if (!used || networks.kind !== "map" || networks.entries.has("default")) return result;
  return withKey(result, "networks", withKey(networks, "default", scalar(null, services.place)));
}

function withSomeNetwork(service: MapNode): MapNode {
  if (service.entries.has("provider") || service.entries.has("network_mode")) return service;
  const networks = get(service, "networks");
  if (networks?.kind === "map" && networks.entries.size > 0) return service;
  return withKey(service, "networks", map({ default: null }, service.place));
}

/** A network, a volume, a secret or a config is called after the project and its key; one of others by its key alone. */
export function withNames(root: MapNode, project: string): MapNode {
  return ["networks", "volumes", "configs", "secrets"].reduce((result, section) => {
    const resources = get(result, section);
    if (resources?.kind !== "map") return result;
    const named = mapValues(resources, (resource, key) => {
      const known = resource.kind === "map" ? resource : map({}, resource.place);
      const name = known.entries.get("name")?.value;
      if (name !== undefined && textOf(name) !== undefined) return known;
      const external = get(known, "external");
      const foreign = external?.kind === "scalar" && external.value === true;
      return withKey(known, "name", scalar(foreign ? key : `${project}_${key}`, known.place));
    });
    return withKey(result, section, named);
  }, root);
}
