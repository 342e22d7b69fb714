import * as pulumi from "@pulumi/pulumi";

import type { Container } from "./container";
import type { Job } from "./job";

/** One service of a Compose project. */
export class ComposeService {
  constructor(
    /** In the order of their numbers; empty for a service that runs once. */
    readonly containers: readonly Container[],
    /** What a service whose completion is awaited is. */
    readonly job?: Job,
  ) {}

  /** Where a published port of its first container answers, such as `127.0.0.1:8080`. */
  endpoint(containerPort: number, protocol: "tcp" | "udp" | "sctp" = "tcp"): pulumi.Output<string> {
    return this.containers[0]?.endpoint(containerPort, protocol) ?? pulumi.output("");
  }

  /** The same as an address for a browser: `http://127.0.0.1:8080`. */
  url(containerPort: number, scheme = "http"): pulumi.Output<string> {
    return pulumi.interpolate`${scheme}://${this.endpoint(containerPort)}`;
  }
}
