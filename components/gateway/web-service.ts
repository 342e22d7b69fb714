import * as pulumi from "@pulumi/pulumi";

import { attachmentsOf, type NetworkReference } from "../container/attachment";
import type { UpstreamGroup } from "./args";
import { replicaArgs, type WebServiceArgs, webServiceFaults, webServiceSchema } from "./web-service-args";
import { Container } from "../container/container";

import { checkArgs } from "../core/check-args";
import { tokens } from "../core/tokens";

/**
 * A service with several identical containers behind a `Gateway`.
 *
 * Children: `<name>-1`, `<name>-2` ... -> `Container`.
 *
 * It publishes no port. Every container is replaced start-first: the gateway switches traffic to the new one when it is
 * ready, so no requests are lost. Therefore it cannot write to a volume.
 *
 * @throws pulumi.ResourceError naming every invalid argument.
 * @example
 * ```ts
 * const api = new WebService("api", { image, port: 8000, replicas: 2, networks: [front] });
 * new Gateway("web", { networks: [front], routes: [{ path: "/api", to: api }] });
 * ```
 */
export class WebService extends pulumi.ComponentResource implements UpstreamGroup {
  /** In the order of their numbers. */
  readonly containers: readonly Container[];
  readonly port: number;
  readonly networks: readonly NetworkReference[];

  constructor(name: string, args: WebServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.webService, name, {}, opts);
    const checked = checkArgs(this, "web service", name, webServiceSchema, args, (given) =>
      webServiceFaults(given, name),
    );
    this.port = checked.port;
    this.networks = attachmentsOf(checked.networks).map(({ network }) => network);
    const numbers = Array.from({ length: checked.replicas ?? 1 }, (_, index) => index + 1);
    this.containers = numbers.map(
      (number) =>
        new Container(`${name}-${String(number)}`, replicaArgs(checked, name, number), { parent: this }),
    );
    this.registerOutputs({ containers: this.containers.map(({ containerName }) => containerName) });
  }
}
