import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";

/** Inputs whose absence means "as the image or Docker has it": the provider does not see when one is taken back. */
const inherited = [
  "cpuSet",
  "cpuShares",
  "domainname",
  "healthcheck",
  "hostname",
  "memory",
  "memoryReservation",
  "shmSize",
  "stopSignal",
  "user",
  "workingDir",
] as const;

/** Which of them are given: text that changes when one is added or taken back, which must replace the container to take effect. */
export function givenInputs(inputs: ProviderArgs): string {
  return inherited.filter((key) => inputs[key] !== undefined).join(" ");
}
