/** The running containers of a host and the objects that they use, as returned by inspect. */
export interface HostInventory {
  readonly containers: readonly unknown[];
  readonly images: readonly unknown[];
  readonly networks: readonly unknown[];
  readonly volumes: readonly unknown[];
  readonly memoryBytes: number;
  /** Of the Swarm; undefined if the host is not a manager. */
  readonly services?: readonly unknown[] | undefined;
  readonly nodes?: readonly unknown[] | undefined;
}
