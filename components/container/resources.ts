/** Limits: memory, processors, and what the kernel counts. */

import type * as pulumi from "@pulumi/pulumi";
import { whenKnown } from "../core/later";
import type { Fault } from "../core/text/message";

/** A soft and a hard limit of one kind. */
export interface Ulimit {
  readonly soft: number;
  readonly hard: number;
}

/** Source: Docker reference, "Resource constraints". */
export interface ResourceArgs {
  /** Memory limit, in MiB; at least 6. Changed in place. @defaultValue no limit */
  readonly memoryMiB?: pulumi.Input<number>;
  /** Memory reservation (soft limit), in MiB; less than `memoryMiB`. Changed in place. @defaultValue none */
  readonly memoryReservationMiB?: pulumi.Input<number>;
  /**
   * Limit of memory plus swap, in MiB, or -1 for unlimited swap; needs `memoryMiB`. Changed in place. @defaultValue `memoryMiB`:
   * no swap
   */
  readonly memorySwapMiB?: number;
  /** CPU limit, such as `0.5`; at least 0.01. Changing it replaces the container. @defaultValue no limit */
  readonly cpus?: pulumi.Input<number>;
  /** Relative CPU weight under contention, 2 to 262144. Changed in place. @defaultValue `1024` by Docker */
  readonly cpuShares?: pulumi.Input<number>;
  /** The allowed processors, such as `"0-3"` or `"0,2"`. Changed in place. */
  readonly cpuSet?: pulumi.Input<string>;
  /**
   * GPUs: all of them, or some by number or UUID, such as `["0", "1"]`.
   * The host needs their driver and the NVIDIA Container Toolkit. Changing it replaces the container. @defaultValue none
   */
  readonly gpus?: "all" | readonly string[];
  /** Size of /dev/shm, in MiB. Changing it replaces the container. @defaultValue `64` by Docker */
  readonly shmSizeMiB?: pulumi.Input<number>;
  /**
   * Limit of processes and threads, or -1 for no limit. It is set right after the container has started. Changing it
   * replaces the container. @defaultValue `4096`
   */
  readonly pidsLimit?: number;
  /** Limits by name, such as `{ nofile: { soft: 1024, hard: 4096 } }`. Changing them replaces the container. */
  readonly ulimits?: Readonly<Record<string, Ulimit>>;
  /**
   * Kernel parameters of the container's namespaces, such as `{ "net.core.somaxconn": "1024" }`. Changing them replaces the
   * container.
   */
  readonly sysctls?: Readonly<Record<string, string>>;
}

/** Cross-field faults of the memory limits. */
export function memoryFaults({
  memoryMiB,
  memoryReservationMiB,
  memorySwapMiB: swap,
}: ResourceArgs): Fault[] {
  const faults: Fault[] = [];
  const limit = typeof memoryMiB === "number" ? memoryMiB : undefined;
  if (swap !== undefined && memoryMiB === undefined)
    faults.push({ path: "memorySwapMiB", text: "requires memoryMiB, which it includes" });
  if (swap !== undefined && swap !== -1 && limit !== undefined && swap < limit)
    faults.push({
      path: "memorySwapMiB",
      text: `must be at least memoryMiB (${String(limit)}), got ${String(swap)}; it is memory and swap together`,
    });
  if (typeof memoryReservationMiB === "number" && limit !== undefined && memoryReservationMiB > limit)
    faults.push({
      path: "memoryReservationMiB",
      text: `must be at most memoryMiB (${String(limit)}), got ${String(memoryReservationMiB)}`,
    });
  return faults;
}

/** Docker reports `0.50` as `0.5` and `1` as `1.0`; any other spelling replaces the container at every `up`. */
export function shortestDecimal(value: number): string {
  // Docker uses billionths, and refuses more digits, such as in 0.1 + 0.2.
  const exact = Number(value.toFixed(9));
  return Number.isInteger(exact) ? exact.toFixed(1) : String(exact);
}

/** In bytes, as in the Engine API. */
export const memoryBytes = (value: pulumi.Input<number>): pulumi.Input<number> =>
  whenKnown(value, (known) => known * 2 ** 20);

/** In billionths of a processor, as in the Engine API. */
export const nanoCpus = (value: pulumi.Input<number>): pulumi.Input<number> =>
  whenKnown(value, (known) => Math.round(known * 1e9));
