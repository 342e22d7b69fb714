/** The deployment as services of a swarm, whose managers schedule the tasks. */

import {
  Image,
  type NetworkReference,
  OverlayNetwork,
  Registry,
  RegistryPush,
  SwarmService,
} from "../components";
import type { Settings, SwarmSettings } from "./settings";
import { partsOf, placeOf, type ServiceArgs, type Target } from "./target";

export function onSwarm({ dataNode, registry, encrypted }: SwarmSettings, settings: Settings): Target {
  const at = placeOf(settings.host);
  const delivery = registry && {
    registry: new Registry("registry", {
      address: registry.address,
      username: registry.username,
      password: settings.registryPassword ?? "",
      ...at,
    }),
    repository: registry.repository,
  };

  const serviceOf = (name: string, { after = [], networks, mounts = [], ...rest }: ServiceArgs) => {
    // A volume belongs to one node: services that mount it run there.
    const pinned = mounts.some((each) => "volume" in each);
    // Each task needs a network: otherwise Docker connects it to one with external access.
    const own =
      networks.length > 0 ? networks : [new OverlayNetwork(name, { internal: true, encrypted, ...at })];
    return new SwarmService(
      name,
      {
        ...rest,
        ...at,
        mounts,
        networks: own.map(overlay),
        endpointMode: "dnsrr",
        ...(delivery && { registry: delivery.registry }),
        ...(pinned && { placement: { constraints: [`node.hostname == ${dataNode}`] } }),
      },
      { dependsOn: partsOf(after) },
    );
  };

  return {
    at,
    // The gateway is a container on a manager, so its upstreams are on an attachable network.
    network: (name, args) => new OverlayNetwork(name, { ...args, attachable: true, encrypted, ...at }),
    image: (name, build) => {
      const image = new Image(name, { build, ...at });
      if (delivery === undefined) return image;
      const { registry, repository } = delivery;
      return new RegistryPush(name, { image, registry, repository: `${repository}/${name}` });
    },
    service: (name, args) => ({ resources: [serviceOf(name, args)] }),
    webService: (name, { port, ...args }) => {
      const web = serviceOf(name, args);
      return { resources: [web], containers: [web], port, names: [web.serviceName] };
    },
  };
}

function overlay(network: NetworkReference): OverlayNetwork {
  if (network instanceof OverlayNetwork) return network;
  throw new TypeError("a service of a swarm can be on networks of the same target only");
}
