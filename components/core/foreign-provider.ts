/**
 * A Docker provider that a program or its settings give in Pulumi's own ways. It would move the resources to another Engine, and
 * conflict checks, drift, readiness and hand-over would go on asking the default one. `host` moves both, so only `host` is taken.
 */

import * as pulumi from "@pulumi/pulumi";

import type { Fault } from "./text/message";

const REMEDY = 'use host: new DockerHost("prod", { address: "ssh://deploy@203.0.113.5" })';

/** Settings of the default provider that decide which Engine it talks to, and how. */
const SETTINGS = ["host", "context", "certPath", "caMaterial", "certMaterial", "keyMaterial", "sshOpts"];

/**
 * What is wrong with the provider of a component: one that `provider`, `providers`, a parent or a transformation gave, or the
 * settings of the default one. With a `host` neither is used, because each resource is given the provider of that host.
 */
export function providerFaults(component: pulumi.Resource, args: unknown): Fault[] {
  if (hasHost(args)) return [];
  if (component.getProvider("docker:index:Provider") !== undefined)
    return [{ path: "opts.provider", text: foreignProviderText("by provider, providers or a parent") }];
  // The provider's own settings, not the program's.
  return SETTINGS.filter((key) => pulumi.runtime.getConfig(`docker:${key}`) !== undefined).map((key) => ({
    path: `docker:${key}`,
    text: `is not supported in the settings of the stack, because only the resources would use it, not the checks; ${REMEDY}, and remove it: pulumi config rm docker:${key}`,
  }));
}

export function foreignProviderText(how: string): string {
  return `a Docker provider (given ${how}) is not supported, because only the resources would use it, not the checks; ${REMEDY}`;
}

/** A host of its own, or that of the registry it is given. */
function hasHost(args: unknown): boolean {
  const of = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return (of(args, "host") ?? of(of(args, "registry"), "host")) !== undefined;
}
