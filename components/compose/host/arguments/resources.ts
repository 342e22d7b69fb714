import type { ResourceArgs, Ulimit as Limits } from "../../../container/resources";
import type { Service } from "../../model/model";
import type { Ulimit } from "../../model/parts";
import { wholeMiB } from "./quantities";

export function resourceArgs(service: Service): ResourceArgs {
  const limits = service.deploy?.resources.limits;
  const memory = service.mem_limit ?? limits?.memory;
  const reserved = service.mem_reservation ?? service.deploy?.resources.reservations?.memory;
  const swap = Number(service.memswap_limit ?? 0);
  const cpus = service.cpus ?? limits?.cpus;
  const pids = service.pids_limit ?? limits?.pids;
  return {
    ...(memory !== undefined && Number(memory) > 0 && { memoryMiB: wholeMiB(memory) }),
    ...(reserved !== undefined && Number(reserved) > 0 && { memoryReservationMiB: wholeMiB(reserved) }),
    ...(swap !== 0 && { memorySwapMiB: swap < 0 ? -1 : wholeMiB(swap) }),
    ...(cpus !== undefined && cpus > 0 && { cpus }),
    ...(service.cpu_shares !== undefined && service.cpu_shares > 0 && { cpuShares: service.cpu_shares }),
    ...(service.cpuset !== undefined && { cpuSet: service.cpuset }),
    ...(pids !== undefined && { pidsLimit: pids > 0 ? pids : -1 }),
    ...gpusArg(service),
    ...(service.shm_size !== undefined && { shmSizeMiB: wholeMiB(service.shm_size) }),
    ...(service.ulimits && {
      ulimits: Object.fromEntries(
        Object.entries(service.ulimits).map(([name, each]) => [name, limitsOf(each)]),
      ),
    }),
    ...(service.sysctls && { sysctls: service.sysctls }),
  };
}

/** All devices, or the given ones; the table of limits refuses everything else. */
function gpusArg({ gpus = [] }: Service): Pick<ResourceArgs, "gpus"> {
  const named = gpus.map(({ device_ids: ids = [] }) => ids);
  if (named.length === 0) return {};
  return { gpus: named.some((ids) => ids.length === 0) ? "all" : [...new Set(named.flat())] };
}

function limitsOf(limit: Ulimit): Limits {
  if (typeof limit === "number") return { soft: limit, hard: limit };
  const { soft = limit.hard ?? 0, hard = soft } = limit;
  return { soft, hard };
}
