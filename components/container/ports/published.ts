/** What a container publishes: where it answers, and whose ports and names it would take. */

import type { ProviderPort } from "../../provider/parts";
import { nameFaults, type Named } from "../../core/claims";
import type { Fault } from "../../core/text/message";
import { type Binding, clash, hostPort, showBinding } from "./port";

/** What one container publishes, under its name. */
export interface Published extends Named {
  readonly bindings: readonly Binding[];
}

/** What one container takes of its host for itself alone. */
export interface Claim extends Published {
  /** Its fixed addresses on all networks. */
  readonly addresses: readonly string[];
}

/** Faults that only the other containers of the program reveal, each naming both. */
export function clashFaults(mine: Published, others: readonly Published[]): Fault[] {
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

/** A port of a container as it was asked for: `url(80)`, `endpoint(53, "udp")`. */
export interface PortQuestion {
  /** The name of who is asked. */
  readonly name: string;
  readonly method: "endpoint" | "url";
  readonly port: number;
  readonly protocol: Binding["protocol"];
}

/** Why a port has no address: it is not published. Undefined where it is. What is published is known from the arguments. */
export function unpublishedText(
  { name, method, port, protocol }: PortQuestion,
  bindings: readonly Pick<Binding, "container" | "protocol">[],
): string | undefined {
  const asked = `${String(port)}/${protocol}`;
  const published = bindings.map((each) => `${String(each.container)}/${each.protocol}`);
  if (published.includes(asked)) return undefined;
  const call = method === "url" || protocol === "tcp" ? String(port) : `${String(port)}, "${protocol}"`;
  const others =
    published.length === 0
      ? `no port is; to publish it: ports: [{ container: ${String(port)}${protocol === "tcp" ? "" : `, protocol: "${protocol}"`} }]`
      : `${published.length > SHOWN ? `${published.slice(0, SHOWN).join(", ")} and ${String(published.length - SHOWN)} more` : published.join(", ")} ${published.length === 1 ? "is" : "are"}`;
  return `${name}.${method}(${call}): ${asked} is not published; ${others}`;
}

/** A range can be long. */
const SHOWN = 8;

/** As the provider wants it. */
export function portInput({ address: ip, container, host, protocol }: Binding): ProviderPort {
  return { internal: container, ...(host !== undefined && { external: host }), ip, protocol };
}
