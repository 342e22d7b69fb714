/** What runs on a host and what it uses: the Engine's answers to inspect, as they came. */
export interface HostInventory {
  readonly containers: readonly unknown[];
  readonly images: readonly unknown[];
  readonly networks: readonly unknown[];
  readonly volumes: readonly unknown[];
  readonly memoryBytes: number;
  /** Of the Swarm; undefined where the host is no manager of one. */
  readonly services?: readonly unknown[] | undefined;
  readonly nodes?: readonly unknown[] | undefined;
}
