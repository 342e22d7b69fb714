/** Types of the resources of `@pulumi/docker`. */

export const dockerTypes = {
  container: "docker:index/container:Container",
  image: "docker:index/remoteImage:RemoteImage",
  network: "docker:index/network:Network",
  registryImage: "docker:index/registryImage:RegistryImage",
  secret: "docker:index/secret:Secret",
  service: "docker:index/service:Service",
  serviceConfig: "docker:index/serviceConfig:ServiceConfig",
  volume: "docker:index/volume:Volume",
} as const;

/** The name of the provider of a Docker context. Part of a URN: by it the state says which host the last run used. */
export const COMMAND_PROVIDER = "dockwright";
