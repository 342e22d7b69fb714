/**
 * A Docker provider set by a program or its configuration. It would move the resources to another Engine, while conflict
 * checks, drift detection, readiness and hand-over would still use the default one. `host` moves both, so only `host` is accepted.
 */

import * as pulumi from "@pulumi/pulumi";

import type { Fault } from "./text/message";

const REMEDY = 'use host: new DockerHost("prod", { address: "ssh://deploy@203.0.113.5" })';

/** Settings of the default provider that select its Engine and connection. */
const SETTINGS = ["host", "context", "certPath", "caMaterial", "certMaterial", "keyMaterial", "sshOpts"];

/**
 * Faults of a component's provider: set by `provider`, `providers`, a parent or a transformation, or by the configuration
 * of the default provider. With a `host` neither is used, because each resource gets the provider of that host.
 */
export function providerFaults(component: pulumi.Resource, args: unknown): Fault[] {
  if (hasHost(args)) return [];
  if (component.getProvider("docker:index:Provider") !== undefined)
    return [{ path: "opts.provider", text: foreignProviderText("by provider, providers or a parent") }];
  // The provider's configuration, not the program's.
  return SETTINGS.filter((key) => pulumi.runtime.getConfig(`docker:${key}`) !== undefined).map((key) => ({
    path: `docker:${key}`,
    text: `is not supported in the settings of the stack, because only the resources would use it, not the checks; ${REMEDY}, and remove it: pulumi config rm docker:${key}`,
  }));
}

export function foreignProviderText(how: string): string {
  return `a Docker provider (given ${how}) is not supported, because only the resources would use it, not the checks; ${REMEDY}`;
}

/** Its own host, or that of its registry. */
function hasHost(args: unknown): boolean {
  const of = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return (of(args, "host") ?? of(of(args, "registry"), "host")) !== undefined;
}
