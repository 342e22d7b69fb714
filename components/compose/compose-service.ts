import * as pulumi from "@pulumi/pulumi";

import type { Container } from "../container/container";
import type { Job } from "../container/job/job";

/** One service of a Compose project. */
export interface ComposeService {
  /** In the order of their numbers; empty for a service that runs to completion. */
  readonly containers: readonly Container[];
  /** Set for a service whose completion another service waits for. */
  readonly job?: Job;
  /**
   * The address of a published port of its first container, such as `127.0.0.1:8080`.
   *
   * @throws pulumi.ResourceError - the port is not published, or the service has no container.
   */
  endpoint(containerPort: number, protocol?: "tcp" | "udp" | "sctp"): pulumi.Output<string>;
  /**
   * The same as a URL: `http://127.0.0.1:8080`.
   *
   * @throws pulumi.ResourceError - the port is not published with TCP, or the service has no container.
   */
  url(containerPort: number, scheme?: string): pulumi.Output<string>;
}

/** The service of that name in a Compose file, made of these containers or this job. */
export function composeService(name: string, containers: readonly Container[], job?: Job): ComposeService {
  const first = (method: "endpoint" | "url", port: number): Container => {
    const [container] = containers;
    if (container !== undefined) return container;
    const why =
      job === undefined ? "the service has no container (scale: 0)" : "the service runs once and ends";
    throw new pulumi.RunError(`${name}.${method}(${String(port)}): no port is available; ${why}`);
  };
  return {
    containers,
    job,
    endpoint: (containerPort, protocol = "tcp") =>
      first("endpoint", containerPort).endpoint(containerPort, protocol),
    url: (containerPort, scheme = "http") => first("url", containerPort).url(containerPort, scheme),
  };
}
