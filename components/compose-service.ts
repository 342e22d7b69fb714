import * as pulumi from "@pulumi/pulumi";

import type { Container } from "./container";
import type { Job } from "./job";

/** One service of a Compose project. */
export interface ComposeService {
  /** In the order of their numbers; empty for a service that runs once. */
  readonly containers: readonly Container[];
  /** What a service whose completion is awaited is. */
  readonly job?: Job;
  /** Where a published port of its first container answers, such as `127.0.0.1:8080`. */
  endpoint(containerPort: number, protocol?: "tcp" | "udp" | "sctp"): pulumi.Output<string>;
  /** The same as an address for a browser: `http://127.0.0.1:8080`. */
  url(containerPort: number, scheme?: string): pulumi.Output<string>;
}

/** The service that these containers, or this job, make up. */
export function composeService(containers: readonly Container[], job?: Job): ComposeService {
  const endpoint: ComposeService["endpoint"] = (containerPort, protocol = "tcp") =>
    containers[0]?.endpoint(containerPort, protocol) ?? pulumi.output("");
  return {
    containers,
    job,
    endpoint,
    url: (containerPort, scheme = "http") => pulumi.interpolate`${scheme}://${endpoint(containerPort)}`,
  };
}
