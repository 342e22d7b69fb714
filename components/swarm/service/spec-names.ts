/** Maps fields of the Engine's service specification to argument names, in addition to those shared with a container. */

export const swarmSpecNames: readonly (readonly [path: string, argument: string])[] = [
  ["Mode.Replicated", "replicas"],
  ["Mode.Replicated.Replicas", "replicas"],
  ["Mode.Global", "global"],
  ["EndpointSpec.Mode", "endpointMode"],
  ["RollbackConfig", "rollback"],
  ["TaskTemplate.Placement", "placement"],
  ["TaskTemplate.Placement.Constraints", "placement.constraints"],
  ["TaskTemplate.Placement.MaxReplicas", "placement.maxReplicasPerNode"],
  ["TaskTemplate.Placement.Preferences", "placement.spread"],
  ["TaskTemplate.Resources.Reservations", "reservations"],
  ["TaskTemplate.Resources.Reservations.MemoryBytes", "reservations.memoryMiB"],
  ["TaskTemplate.Resources.Reservations.NanoCPUs", "reservations.cpus"],
];
