/** The lines of `extra_hosts`, `HOST=ADDRESS`, as an argument. */

import type { Finding } from "../finding";

export function extraHostsOf(lines: readonly string[], fault: Finding): Readonly<Record<string, string>> {
  const hosts: Record<string, string> = {};
  for (const line of lines) {
    const [host = "", address = ""] = line.split(/=(.*)/s);
    if (address.includes(":"))
      fault(["extra_hosts"], `must have an IPv4 address for ${host}, got ${JSON.stringify(address)}`);
    if (Object.hasOwn(hosts, host))
      fault(
        ["extra_hosts"],
        `must have one address for ${host}, got ${hosts[host]} and ${address}; keep one`,
      );
    hosts[host] = address;
  }
  return hosts;
}
