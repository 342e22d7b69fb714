import * as pulumi from "@pulumi/pulumi";

/** Whether the program runs in a real engine; Pulumi's mocks have neither hooks nor a host. */
export function hasEngine(): boolean {
  const monitor: object = pulumi.runtime.getMonitor() ?? {};
  return "registerResourceHook" in monitor;
}
