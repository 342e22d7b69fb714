/** Limits: memory, processors, and what the kernel counts. */

import { z } from "zod";
import {
  input,
  listOf,
  mapOf,
  mustBe,
  nonEmptyText,
  numberFrom,
  strict,
  text,
  wholeNumber,
} from "../../core/schema";
import { whenKnown } from "../../core/later";
import { memoryBytes, nanoCpus, type ResourceArgs, shortestDecimal } from "../resources";
import {
  type Arguments,
  inPlace,
  inPlaceUnseen,
  notOnASwarm,
  refused,
  replaces,
  replacesUnseen,
  same,
} from "./argument";

// Docker accepts no less than 6; more than 16 TiB is a number of bytes.
const memory = wholeNumber(6, 16_777_216, " MiB");

const ulimitNames = [
  "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack",
]; // prettier-ignore

const PIDS_LABEL = "io.dockwright.pids-limit";

const memoryLimits = ({ memoryMiB, memorySwapMiB }: ResourceArgs) =>
  memoryMiB === undefined ? {} : { memory: memoryMiB, memorySwap: memorySwapMiB ?? memoryMiB };

export const resourceArguments = {
  memoryMiB: {
    schema: input(memory),
    fields: { memory: inPlaceUnseen },
    inputs: (_, args) => memoryLimits(args),
    job: true,
    swarm: same({ "TaskTemplate.Resources.Limits.MemoryBytes": "" }, memoryBytes),
    compose: { "deploy.resources.limits.memory": "", mem_limit: "" },
  },
  memoryReservationMiB: {
    schema: input(memory),
    fields: { memoryReservation: inPlaceUnseen },
    job: true,
    swarm: refused("reservations: { memoryMiB: ... }"),
    compose: { "deploy.resources.reservations.memory": "", mem_reservation: "" },
  },
  memorySwapMiB: {
    schema: wholeNumber(-1, 33_554_432, " MiB"),
    fields: { memorySwap: { ...inPlace, echoes: "memory" } },
    inputs: (_, args) => memoryLimits(args),
    job: true,
    swarm: notOnASwarm("does not limit the swap of tasks"),
    compose: { memswap_limit: "" },
  },
  cpus: {
    schema: input(numberFrom(0.01)),
    fields: { cpus: replaces },
    inputs: (cpus) => ({ cpus: whenKnown(cpus, shortestDecimal) }),
    job: true,
    swarm: same({ "TaskTemplate.Resources.Limits.NanoCPUs": "" }, nanoCpus),
    compose: { cpus: "", "deploy.resources.limits.cpus": "" },
  },
  cpuShares: {
    schema: input(wholeNumber(2, 262144)),
    fields: { cpuShares: inPlaceUnseen },
    job: true,
    swarm: notOnASwarm("does not support CPU shares for tasks"),
    compose: { cpu_shares: "" },
  },
  cpuSet: {
    schema: input(text('processors such as "0-3" or "0,2"', isCpuSet)),
    fields: { cpuSet: inPlaceUnseen },
    job: true,
    swarm: notOnASwarm("does not support CPU sets for tasks"),
    compose: { cpuset: "" },
  },
  gpus: {
    schema: z.union(
      [
        z.literal("all"),
        listOf(text('a number or a UUID such as "0"', (value) => /^[A-Za-z0-9-]+$/.test(value))).min(
          1,
          "must not be empty; leave it out",
        ),
      ],
      { error: (issue) => mustBe('"all" or a list such as ["0", "1"]', issue.input) },
    ),
    fields: { gpus: replaces },
    inputs: (gpus) => ({ gpus: gpus === "all" ? gpus : `device=${gpus.join(",")}` }),
    job: true,
    swarm: notOnASwarm("does not support GPUs for tasks"),
    compose: { gpus: "" },
  },
  shmSizeMiB: {
    schema: input(wholeNumber(1)),
    fields: { shmSize: replacesUnseen },
    job: true,
    swarm: refused('mounts: { tmpfs: true, path: "/dev/shm", sizeMiB: ... }'),
    compose: { shm_size: "" },
  },
  pidsLimit: {
    schema: z.union([z.literal(-1), wholeNumber(1, 4_194_304)], {
      error: (issue) => mustBe("a whole number from 1 to 4194304, or -1 for no limit", issue.input),
    }),
    default: 4096,
    fields: { [`labels["${PIDS_LABEL}"]`]: replaces },
    inputs: () => ({}),
    update: { label: PIDS_LABEL, told: (PidsLimit) => ({ PidsLimit }) },
    job: true,
    // In a service specification, 0 means no limit.
    swarm: same({ "TaskTemplate.Resources.Limits.Pids": "" }, (limit) => Math.max(0, limit)),
    compose: { "deploy.resources.limits.pids": "", pids_limit: "" },
  },
  ulimits: {
    schema: mapOf(
      strict(
        { soft: wholeNumber(-1), hard: wholeNumber(-1) },
        { what: "an object such as { soft: 1024, hard: 4096 }" },
      ).superRefine(({ soft, hard }, context) => {
        if (hard !== -1 && (soft > hard || soft === -1)) {
          context.addIssue({
            code: "custom",
            path: ["soft"],
            message: `must be at most hard (${String(hard)}), got ${String(soft)}`,
          });
        }
      }),
      text(`a limit's name, such as ${ulimitNames.slice(8, 10).join(" or ")}`, (value) =>
        ulimitNames.includes(value),
      ),
    ),
    fields: { ulimits: replaces },
    inputs: (limits) => ({
      ulimits: Object.entries(limits).map(([name, { soft, hard }]) => ({ name, soft, hard })),
    }),
    job: true,
    swarm: notOnASwarm("uses the setting of the daemon on each node (default-ulimits)"),
    compose: {
      ulimits: "",
      "ulimits.*": "*",
      "ulimits.*.hard": "*.hard",
      "ulimits.*.soft": "*.soft",
    },
  },
  sysctls: {
    schema: mapOf(
      nonEmptyText,
      text("a kernel parameter such as net.core.somaxconn", (value) =>
        /^[a-z0-9_]+(\.[a-z0-9_*-]+)+$/.test(value),
      ),
    ),
    fields: { sysctls: replaces },
    job: true,
    swarm: same({ "TaskTemplate.ContainerSpec.Sysctls": "" }),
    compose: { sysctls: "", "sysctls.*": "*" },
  },
} satisfies Arguments<keyof ResourceArgs>;

function isCpuSet(value: string): boolean {
  return value.split(",").every((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return first !== undefined && Number(first) <= Number(last);
  });
}
