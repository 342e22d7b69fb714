/** The defaults of Compose for the whole project: the default network, and names. */

import { get, map, type MapNode, mapValues, scalar, textOf, withKey } from "../source/node";

/** The implicit network: a service without networks is on `default`. */
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

/** Names networks, volumes, secrets and configs `<project>_<key>`, and external ones `<key>`. */
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
