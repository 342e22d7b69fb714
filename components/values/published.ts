/** What a container publishes: where it answers, and whose ports and names it would take. */

import type { ProviderPort } from "../provider/parts";
import { nameFaults, type Named } from "../internal/claims";
import type { Fault } from "../internal/message";
import { type Binding, clash, hostPort, showBinding } from "./port";

/** What one container takes of its host. */
export interface Claim extends Named {
  readonly bindings: readonly Binding[];
}

/** Faults that only the other containers of the program reveal, each naming both. */
export function clashFaults(mine: Claim, others: readonly Claim[]): Fault[] {
  const ports = others.flatMap((other) =>
    mine.bindings.flatMap((binding) => {
      const rival = other.bindings.find((each) => clash(each, binding));
      return rival === undefined
        ? []
        : [
            {
              path: "ports",
              text: `cannot publish ${showBinding(binding)}: container "${other.name}" publishes ${showBinding(rival)}; choose another host port`,
            },
          ];
    }),
  );
  return [...nameFaults("container", mine, others), ...ports];
}

/** Where published ports answer, from what Docker reports. */
export function publishedPorts(ports: readonly ProviderPort[]): Record<string, string> {
  return Object.fromEntries(
    ports.map(({ internal, external, ip = "0.0.0.0", protocol = "tcp" }) => {
      // What listens everywhere is reached from this host by loopback.
      const at = ip === "::" ? "::1" : ip === "0.0.0.0" || ip === "" ? "127.0.0.1" : ip;
      return [`${String(internal)}/${protocol}`, hostPort(at, external ?? 0)];
    }),
  );
}

/** As the provider wants it. */
export function portInput({ address: ip, container, host, protocol }: Binding): ProviderPort {
  return { internal: container, ...(host !== undefined && { external: host }), ip, protocol };
}
