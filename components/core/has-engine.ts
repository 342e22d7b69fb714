import * as pulumi from "@pulumi/pulumi";

/** False under Pulumi's mocks, which have neither hooks nor a host. */
export function hasEngine(): boolean {
  const monitor: object = pulumi.runtime.getMonitor() ?? {};
  return "registerResourceHook" in monitor;
}
