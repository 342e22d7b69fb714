import * as pulumi from "@pulumi/pulumi";

import type { Container } from "./container";
import type { Job } from "./job";

/** One service of a Compose project. */
export class ComposeService {
  constructor(
    /** The name in the file. */
    private readonly name: string,
    /** In the order of their numbers; empty for a service that runs once. */
    readonly containers: readonly Container[],
    /** What a service whose completion is awaited is. */
    readonly job?: Job,
  ) {}

  /**
   * Where a published port of its first container answers, such as `127.0.0.1:8080`.
   *
   * @throws pulumi.ResourceError - the port is not published, or the service has no container.
   */
  endpoint(containerPort: number, protocol: "tcp" | "udp" | "sctp" = "tcp"): pulumi.Output<string> {
    return this.first("endpoint", containerPort).endpoint(containerPort, protocol);
  }

  /**
   * The same as an address for a browser: `http://127.0.0.1:8080`.
   *
   * @throws pulumi.ResourceError - the port is not published with TCP, or the service has no container.
   */
  url(containerPort: number, scheme = "http"): pulumi.Output<string> {
    return this.first("url", containerPort).url(containerPort, scheme);
  }

  private first(method: "endpoint" | "url", port: number): Container {
    const [container] = this.containers;
    if (container !== undefined) return container;
    const why =
      this.job === undefined ? "the service has no container (scale: 0)" : "the service runs once and ends";
    throw new pulumi.RunError(`${this.name}.${method}(${String(port)}): no port answers; ${why}`);
  }
}
