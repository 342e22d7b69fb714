/** The image of the gateway, and the scripts that start and configure Caddy in it. */

import { Dockerfile } from "../image/dockerfile";

/** The ports inside the container: above 1023, so that no capability is needed. */
export const HTTP_PORT = 8080;
export const HTTPS_PORT = 8443;

/** The socket between the two processes. */
export const ROUTER_SOCKET = "/tmp/router.sock";
/** On the loopback of the container: not reachable from the host or from other containers. */
export const HEALTH = "127.0.0.1:2020";

/**
 * The two Caddy processes, with their admin endpoints on the loopback of the container. Caddy closes
 * idle client connections on a reload, and a request sent at that moment is lost. So
 * `front`, which has the client connections, forwards everything to `router`, and only `router` changes with the routes.
 */
export const parts = { router: "127.0.0.1:2018", front: "127.0.0.1:2019" } as const;
export type Part = keyof typeof parts;

/** The persistent data: the last configuration, and certificates. */
export const DATA = "/data";

/** The Dockerfile with Debian's package: signed, patched by Debian, and independent of an image registry. */
export function gatewayDockerfile(): Dockerfile {
  return Dockerfile.from("debian:bookworm-slim")
    .run(
      "apt-get update && apt-get install --yes --no-install-recommends ca-certificates caddy && apt-get clean && rm -rf /var/lib/apt/lists/* && install --directory --owner=caddy --group=caddy --mode=0750 " +
        DATA,
    )
    .user("caddy");
}

/**
 * Sends a request to Caddy inside the container and prints the response; exit code 0 only with status 200. `$0` is the
 * address, `$1` the path.
 */
const ASK = `if command -v wget >/dev/null; then exec wget -q -T 5 -O - "http://$0$1"; fi
exec bash -c 'exec 3<>"/dev/tcp/\${0%:*}/\${0#*:}" || exit 1
printf "GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n" "$1" "$0" >&3
read -r _ code _ <&3
while IFS= read -r line && [ \${#line} -gt 1 ]; do :; done <&3
cat <&3
[ "$code" = 200 ]' "$0" "$1"`;

export function askCommand(address: string, path: string): string[] {
  return ["sh", "-c", ASK, address, path];
}

/** An argument can have at most 128 KiB. */
const PIECE = 100_000;

/** The file with the last configuration of a process. */
const kept = (part: Part): string => `$XDG_CONFIG_HOME/${part}.json`;

/** Loads a configuration. An invalid one leaves the old one active; a valid one is stored for the next start. */
export function loadCommand(part: Part, config: string): string[] {
  const script = `f=/tmp/wanted.json; k="${kept(part)}"
printf %s "$@" > "$f" && caddy reload --config "$f" --address ${parts[part]} && cp "$f" "$k.new" && mv "$k.new" "$k"`;
  const pieces = config.match(new RegExp(`[^]{1,${String(PIECE)}}`, "g")) ?? [];
  return ["sh", "-c", script, "sh", ...pieces];
}

/**
 * Starts both processes with the last configuration that dockwright loaded, so that a restarted gateway keeps its routes; manual
 * changes are discarded. `first` is used without a stored configuration, or if this version of Caddy does not accept it.
 * If one process exits, the container exits; on a stop signal, the front exits first, while the router still serves it.
 */
export function runCommand(first: Readonly<Record<Part, string>>): string[] {
  const script = `mkdir -p "$XDG_CONFIG_HOME"
pick() { f="$1"; if ! caddy validate --config "$f" >/dev/null 2>&1; then f="/tmp/first-\${f##*/}"; printf %s "$2" > "$f"; fi; }
pick "${kept("router")}" "$0"
( caddy run --config "$f"; kill -TERM $$ ) &
pick "${kept("front")}" "$1"
exec caddy run --config "$f"`;
  return ["-c", script, first.router, first.front];
}

/** Resolves a host name inside the container. */
export function lookUpCommand(name: string): string[] {
  return ["sh", "-c", `getent ahostsv4 "$0"`, name];
}

/** The unique addresses in its output. */
export function lookedUp(output: string): string[] {
  return [...new Set(output.match(/^\d+(\.\d+){3}(?=\s)/gm))];
}

/** Prints all connections of the container, one per line. */
export const connectionsCommand = ["sh", "-c", "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null"];

/** True if the table of connections contains an open one to an IPv4 address. */
export function isConnected(table: string, address: string): boolean {
  const hex = address
    .split(".")
    .reverse()
    .map((byte) => Number(byte).toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
  // Local address, remote address, and 01 for an open connection; an IPv6 address can end with an IPv4 address.
  return new RegExp(`^ *\\d+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]*${hex}:[0-9A-F]+ 01 `, "m").test(table);
}
