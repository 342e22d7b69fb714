/** Pulumi type tokens. They are part of every URN: changing one replaces what users run. */

export const tokens = {
  bridgeNetwork: "dockwright:index:BridgeNetwork",
  container: "dockwright:index:Container",
  image: "dockwright:index:Image",
  registry: "dockwright:index:Registry",
  registryPush: "dockwright:index:RegistryPush",
  volume: "dockwright:index:Volume",
} as const;
