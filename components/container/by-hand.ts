/** Changes by `docker update` to a running container, which Pulumi's provider does not read. */

/** As the Engine returns it. */
export interface LiveSettings {
  readonly Memory: number;
  readonly MemoryReservation: number;
  readonly MemorySwap: number;
  readonly NanoCpus: number;
  readonly CpuShares: number;
  readonly CpusetCpus: string;
  readonly PidsLimit?: number | null;
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
}

type Inputs = Readonly<Record<string, unknown>>;

/** A setting that is not as declared. */
export interface Changed {
  /** The provider's input. */
  readonly input: string;
  /** The difference as text. */
  readonly text: string;
}

const MIB = 2 ** 20;

/** @param inputs the known inputs of the provider */
export function changedByHand(inputs: Inputs, live: LiveSettings): Changed[] {
  const { RestartPolicy: policy } = live;
  return [
    compared("memory", "memory", mib(inputs["memory"]), mib(live.Memory / MIB)),
    compared(
      "memoryReservation",
      "reserved memory",
      mib(inputs["memoryReservation"]),
      mib(live.MemoryReservation / MIB),
    ),
    // Without a given limit, Docker has its own default.
    inputs["memory"] === undefined
      ? undefined
      : compared("memorySwap", "memory and swap", mib(inputs["memorySwap"]), mib(swap(live.MemorySwap))),
    compared("cpus", "processors", number(inputs["cpus"]), number(live.NanoCpus / 1e9)),
    compared("cpuShares", "processor shares", number(inputs["cpuShares"]), number(live.CpuShares)),
    compared("cpuSet", "processor set", text(inputs["cpuSet"]), text(live.CpusetCpus)),
    compared("restart", "restart policy", text(inputs["restart"]), text(policy.Name)),
    compared("maxRetryCount", "restarts", number(inputs["maxRetryCount"]), number(policy.MaximumRetryCount)),
  ].filter((each) => each !== undefined);
}

function compared(input: string, what: string, declared: string, live: string): Changed | undefined {
  return declared === live ? undefined : { input, text: `${what}: ${live} instead of ${declared}` };
}

const NONE = "none";
const swap = (bytes: number): number => (bytes < 0 ? -1 : bytes / MIB);
const number = (value: unknown): string =>
  value === undefined || Number(value) === 0 ? NONE : String(Number(value));
const mib = (value: unknown): string => (number(value) === NONE ? NONE : `${number(value)} MiB`);
const text = (value: unknown): string => (typeof value === "string" && value !== "" ? value : NONE);
