/** The deployment as containers of one Docker host. */

import { BridgeNetwork, Container, Image, WebService } from "../components";
import type { HostSettings } from "./settings";
import { partsOf, placeOf, type ServiceArgs, type Target } from "./target";

/** @param settings of a host that is not this machine */
export function onHost(settings: HostSettings | undefined): Target {
  const at = placeOf(settings);

  const containersOf = (name: string, { after = [], networks, replicas, ...rest }: ServiceArgs) => {
    const args = { ...rest, ...at };
    const opts = { dependsOn: partsOf(after) };
    if (networks.length === 0) return [new Container(name, { ...args, networkMode: "none" }, opts)];
    if (replicas === undefined) return [new Container(name, { ...args, networks }, opts)];
    const hidden = networks.map((network) => ({ network, serviceAlias: false }));
    return Array.from({ length: replicas }, (_, index) => {
      const replica = index + 1;
      return new Container(
        `${name}-${String(replica)}`,
        { ...args, service: name, replica, networks: hidden },
        opts,
      );
    });
  };

  return {
    at,
    network: (name, args) => new BridgeNetwork(name, { ...args, ...at }),
    image: (name, build) => new Image(name, { build, ...at }),
    service: (name, args) => ({ resources: containersOf(name, args) }),
    webService: (name, { after = [], ...args }) => {
      const web = new WebService(name, { ...args, ...at }, { dependsOn: partsOf(after) });
      const { containers, port } = web;
      return { resources: [web], containers, port, names: containers.map((each) => each.containerName) };
    },
  };
}
