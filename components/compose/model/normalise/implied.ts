/** Implied dependencies: on the services that a service links to, or shares a namespace or volumes with. */

import { get, type MapNode, map, mapValues, type Node, scalar, textOf, withKey } from "../../source/node";

export function withImpliedDependencies(root: MapNode): MapNode {
  const services = get(root, "services");
  if (services?.kind !== "map") return root;
  return withKey(
    root,
    "services",
    mapValues(services, (service) => (service.kind === "map" ? withDependencies(tidied(service)) : service)),
  );
}

/** Synonyms. */
function tidied(service: MapNode): MapNode {
  const policy = get(service, "pull_policy");
  const missing =
    policy !== undefined && textOf(policy) === "if_not_present"
      ? withKey(service, "pull_policy", scalar("missing", policy.place))
      : service;
  const build = get(missing, "build");
  if (build?.kind !== "map") return missing;
  const named = build.entries.has("dockerfile") || build.entries.has("dockerfile_inline");
  return named
    ? missing
    : withKey(missing, "build", withKey(build, "dockerfile", scalar("Dockerfile", build.place)));
}

function withDependencies(service: MapNode): MapNode {
  const implied = [...linked(service), ...shared(service), ...mounted(service)];
  const known = get(service, "depends_on");
  const all = implied.reduce<MapNode>(
    (result, { name, restart, node }) => {
      if (result.entries.has(name)) return result;
      const dependency = map({ condition: "service_started", restart, required: true }, node.place);
      return withKey(result, name, dependency);
    },
    known?.kind === "map" ? known : map({}, service.place),
  );
  return all.entries.size === 0 ? service : withKey(service, "depends_on", all);
}

interface Implied {
  readonly name: string;
  /** True if this service must restart when the other one is recreated. */
  readonly restart: boolean;
  readonly node: Node;
}

function itemsOf(service: MapNode, key: string): { text: string; node: Node }[] {
  const node = get(service, key);
  if (node?.kind !== "list") return [];
  return node.items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, node: item }];
  });
}

function linked(service: MapNode): Implied[] {
  return itemsOf(service, "links").map(({ text, node }) => {
    const parts = text.split(":");
    return { name: parts.length === 2 ? (parts[0] ?? text) : text, restart: true, node };
  });
}

/** Keys by which a service can share something with `service:NAME`. */
export const SHARING = ["network_mode", "ipc", "pid", "uts", "cgroup"] as const;

function shared(service: MapNode): Implied[] {
  return SHARING.flatMap((key) => {
    const node = get(service, key);
    const text = textOf(node);
    if (node === undefined || text?.startsWith("service:") !== true) return [];
    return [{ name: text.slice("service:".length), restart: true, node }];
  });
}

function mounted(service: MapNode): Implied[] {
  return itemsOf(service, "volumes_from").flatMap(({ text, node }) => {
    if (text.startsWith("container:")) return [];
    return [{ name: text.split(":", 1)[0] ?? text, restart: false, node }];
  });
}
