/** Pulumi type tokens. They are part of every URN: changing one replaces resources of users. */

export const tokens = {
  bridgeNetwork: "dockwright:index:BridgeNetwork",
  composeProject: "dockwright:index:ComposeProject",
  container: "dockwright:index:Container",
  dockerHost: "dockwright:index:DockerHost",
  gateway: "dockwright:index:Gateway",
  gatewayRoutes: "dockwright:index:GatewayRoutes",
  image: "dockwright:index:Image",
  overlayNetwork: "dockwright:index:OverlayNetwork",
  swarmConfig: "dockwright:index:SwarmConfig",
  swarmSecret: "dockwright:index:SwarmSecret",
  swarmService: "dockwright:index:SwarmService",
  swarmSpec: "dockwright:index:SwarmSpec",
  job: "dockwright:index:Job",
  readiness: "dockwright:index:Readiness",
  registry: "dockwright:index:Registry",
  registryPush: "dockwright:index:RegistryPush",
  swarmStack: "dockwright:index:SwarmStack",
  volume: "dockwright:index:Volume",
  webService: "dockwright:index:WebService",
} as const;
