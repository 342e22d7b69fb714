/** What the Engine's specification of a service is called in a program, beside what a container has too. */

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
