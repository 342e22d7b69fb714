/** The published ports of a container: their addresses, and conflicts with other containers of the program. */

import type { ProviderPort } from "../../provider/parts";
import { nameFaults, type Named } from "../../core/claims";
import type { Fault } from "../../core/text/message";
import { type Binding, clash, hostPort, showBinding } from "./port";

/** The name and published ports of one container. */
export interface Published extends Named {
  readonly bindings: readonly Binding[];
}

/** What one container uses exclusively on its host. */
export interface Claim extends Published {
  /** Its fixed addresses on all networks. */
  readonly addresses: readonly string[];
}

/** Conflicts with other containers of the program; each fault names both. */
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

/** The addresses of published ports, as reported by Docker. */
export function publishedPorts(ports: readonly ProviderPort[]): Record<string, string> {
  return Object.fromEntries(
    ports.map(({ internal, external, ip = "0.0.0.0", protocol = "tcp" }) => {
      // A port on all addresses is reachable from this host through loopback.
      const at = ip === "::" ? "::1" : ip === "0.0.0.0" || ip === "" ? "127.0.0.1" : ip;
      return [`${String(internal)}/${protocol}`, hostPort(at, external ?? 0)];
    }),
  );
}

/** A requested port of a container: `url(80)`, `endpoint(53, "udp")`. */
export interface PortQuestion {
  /** The name of the component. */
  readonly name: string;
  readonly method: "endpoint" | "url";
  readonly port: number;
  readonly protocol: Binding["protocol"];
}

/** The error if a port is not published; undefined if it is. The published ports are known from the arguments. */
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

/** The maximum number of listed ports. */
const SHOWN = 8;

/** The provider's input. */
export function portInput({ address: ip, container, host, protocol }: Binding): ProviderPort {
  return { internal: container, ...(host !== undefined && { external: host }), ip, protocol };
}
