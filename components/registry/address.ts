/** The address of a registry, and the names of images in it. */

import { text } from "../core/schema";
import { isIPv4, isLoopback } from "../network/ip-address";
import { isTag } from "../image/reference";

export const registryAddress = text(
  'a host with an optional port and no scheme, such as "registry.example.com" or "127.0.0.1:5000"',
  (value) =>
    /^([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+(:\d{1,5})?$/.test(value) &&
    Number(/:(\d+)$/.exec(value)?.[1] ?? 1) <= 65_535 &&
    (value.includes(".") || value.includes(":") || value === "localhost"),
);

export const repositoryPath = text('a path in lower case such as "team/app", without a tag', (value) =>
  /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(value),
);

export const tagName = text('a tag such as "1.4.0"', isTag);

/** Docker uses plain HTTP only for a registry on a loopback address. */
export function registryUrl(address: string): string {
  const host = address.replace(/:\d+$/, "");
  const isPlain = host === "localhost" || (isIPv4(host) && isLoopback(host));
  return `${isPlain ? "http" : "https"}://${address}`;
}
