import type { Binding } from "../ports/port";
import type { Needs } from "../../deployment/plan/plan";

interface Port {
  readonly internal?: number;
  readonly external?: number;
  readonly ip?: string;
  readonly protocol?: string;
}

/** The exclusive needs of a container, from its provider inputs. */
export function needsOf(name: string, hostName: string, inputs: Readonly<Record<string, unknown>>): Needs {
  return {
    name,
    hostName,
    bindings: (list(inputs["ports"]) as Port[]).flatMap(
      ({ internal = 0, external, ip = "0.0.0.0", protocol = "tcp" }) =>
        external === undefined
          ? []
          : [{ address: ip, container: internal, host: external, protocol: protocol as Binding["protocol"] }],
    ),
    addresses: (list(inputs["networksAdvanced"]) as { name?: string; ipv4Address?: string }[]).flatMap(
      ({ name: network = "", ipv4Address }) => (ipv4Address ? [{ network, address: ipv4Address }] : []),
    ),
    volumes: (list(inputs["volumes"]) as { volumeName?: string; readOnly?: boolean }[]).flatMap(
      ({ volumeName, readOnly }) => (volumeName === undefined || readOnly === true ? [] : [volumeName]),
    ),
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
