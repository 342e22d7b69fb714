/** `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, with ranges: "8080:80", "127.0.0.1:53:53/udp", "[::1]:3000-3005:3000-3005". */

import { isIP } from "node:net";

import { map, type Node, type Place } from "../../source/node";

export interface ShortPort {
  readonly hostIp: string;
  readonly target: number;
  /** A number, a range from which the Engine picks a free port, or empty for any port. */
  readonly published: string;
  readonly protocol: string;
}

/** The ports of a short syntax, or its fault. */
export function parsePorts(text: string): ShortPort[] | string {
  const parts = text.split(":");
  const [container = "", host = ""] = [parts.at(-1), parts.at(-2)];
  const address = parts.slice(0, -2).join(":");
  const [inner = "", given] = container.split(/\/(.*)/s);
  if (inner === "") return "has no container port";
  const protocol = (given === undefined || given === "" ? "tcp" : given).toLowerCase();
  if (!["tcp", "udp", "sctp"].includes(protocol))
    return "has a protocol that Docker does not know: it takes tcp, udp and sctp";
  const hostIp = /^\[.*\]$/.test(address) ? address.slice(1, -1) : address;
  if (address !== "" && isIP(hostIp) === 0) return "has an address that is not a valid IP address";
  const target = range(inner);
  if (target === undefined)
    return "has a container port that is neither a number from 0 to 65535 nor a range of two";
  if (host === "") return expand(target).map((port) => ({ hostIp, target: port, published: "", protocol }));
  const published = range(host);
  if (published === undefined)
    return "has a host port that is neither a number from 0 to 65535 nor a range of two";
  const count = target.last - target.first;
  if (count === 0) {
    const one = published.first === published.last;
    const text = one ? String(published.first) : `${String(published.first)}-${String(published.last)}`;
    return [{ hostIp, target: target.first, published: text, protocol }];
  }
  if (published.last - published.first !== count) return "has two ranges of different length";
  return expand(target).map((port) => ({
    hostIp,
    target: port,
    published: String(published.first + port - target.first),
    protocol,
  }));
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function range(text: string): Range | undefined {
  const parts = text.split("-");
  const [first, last = first] = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  if (first === undefined || last === undefined || !(first <= last && last <= 65535)) return undefined;
  return { first, last };
}

/** In the order of their text, as in Compose. */
function expand({ first, last }: Range): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).sort((one, other) =>
    String(one) < String(other) ? -1 : 1,
  );
}

export function longPort({ hostIp, target, published, protocol }: ShortPort, place: Place): Node {
  return map(
    {
      mode: "ingress",
      host_ip: hostIp === "" ? undefined : hostIp,
      target: target === 0 ? undefined : target,
      published: published === "" ? undefined : published,
      protocol,
    },
    place,
  );
}
