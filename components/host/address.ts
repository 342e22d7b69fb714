/** The address of a Docker Engine: `ssh://deploy@203.0.113.5`, `unix:///run/docker.sock`, `tcp://host:2376`. */

/** A parsed address. */
export type HostAddress =
  | { readonly kind: "unix"; readonly text: string; readonly socket: string }
  | { readonly kind: "tcp"; readonly text: string; readonly host: string; readonly port: number }
  | {
      readonly kind: "ssh";
      readonly text: string;
      readonly host: string;
      readonly user: string | undefined;
      readonly port: number | undefined;
      /** The path of the Engine's socket on that host, if it is not the default. */
      readonly socket: string | undefined;
    };

export const ADDRESS_FORMS = '"ssh://user@host", "unix:///path/to/docker.sock" or "tcp://host:2376"';

/** The default port of SSH; an address with and one without it are the same host. */
const SSH_PORT = 22;

/** Parses and normalises an address; returns the fault of an invalid one. */
export function parseHostAddress(given: string): HostAddress | { readonly wrong: string } {
  const [, scheme = "", rest = ""] = /^([a-z]+):\/\/(.*)$/is.exec(given) ?? [];
  switch (scheme.toLowerCase()) {
    case "unix":
      return isSocketPath(rest)
        ? { kind: "unix", text: `unix://${rest}`, socket: rest }
        : { wrong: wrong(given, "; a socket is an absolute path, so three slashes follow unix:") };
    // Docker Desktop on Windows listens on a named pipe.
    case "npipe":
      return /^\/\/\.\/pipe\/\w+$/.test(rest)
        ? { kind: "unix", text: `npipe://${rest}`, socket: rest }
        : { wrong: wrong(given, "; a named pipe of Windows is npipe:////./pipe/NAME") };
    case "ssh":
      return sshAddress(given, rest);
    case "tcp":
      return tcpAddress(given, rest);
    case "http":
    case "https":
      return { wrong: wrong(given, `; write tcp://${rest.replace(/\/.*$/, "")}`) };
    default:
      return { wrong: wrong(given, remedyWithoutScheme(given)) };
  }
}

function sshAddress(given: string, rest: string): HostAddress | { readonly wrong: string } {
  const { user, host, port, path, hasPassword } = authority(rest);
  if (hasPassword)
    return { wrong: "must not hold a password, which SSH does not take from there; use a key of SSH" };
  // A leading dash would be an option of the ssh command.
  if (host === undefined || user?.startsWith("-") === true || (path !== "" && !isSocketPath(path)))
    return { wrong: wrong(given, "") };
  // The ssh command passes both to a shell: the path on the remote host, the user in commands of its configuration.
  if (!/^[\p{L}\p{N}_.+-]*$/u.test(user ?? "") || !/^[\p{L}\p{N}_.+@%,=/-]*$/u.test(path))
    return {
      wrong: wrong(given, "; the user and the path of the socket must hold letters, digits and . _ + - only"),
    };
  const at = `${user === undefined ? "" : `${user}@`}${host}${port === undefined || port === SSH_PORT ? "" : `:${String(port)}`}`;
  return {
    kind: "ssh",
    text: `ssh://${at}${path}`,
    host: bare(host),
    user,
    port,
    socket: path === "" ? undefined : path,
  };
}

function tcpAddress(given: string, rest: string): HostAddress | { readonly wrong: string } {
  const { user, host, port, path } = authority(rest);
  if (host === undefined || user !== undefined || path !== "") return { wrong: wrong(given, "") };
  if (port === undefined) return { wrong: wrong(given, `; add the port: "tcp://${host}:2376"`) };
  return { kind: "tcp", text: `tcp://${host}:${String(port)}`, host: bare(host), port };
}

/** `[user[:password]@]host[:port][/path]`; host is undefined for other text. */
function authority(rest: string) {
  const match =
    /^(?:([^@/:]+)(:[^@/]*)?@)?(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::(\d{1,5}))?(\/[^?#]*)?$/i.exec(
      rest,
    );
  const port = match?.[4] === undefined ? undefined : Number(match[4]);
  const fits = match !== null && (port === undefined || (port >= 1 && port <= 65_535));
  return {
    user: match?.[1],
    hasPassword: /^[^@/:]*:[^@/]*@/.test(rest),
    host: fits ? match[3]?.toLowerCase() : undefined,
    port,
    path: match?.[5] === "/" ? "" : (match?.[5] ?? ""),
  };
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

function isSocketPath(path: string): boolean {
  return /^\/[^\0\s:]*[^\0\s:/]$/.test(path) && !/\/\/|\/\.{1,2}(\/|$)/.test(path);
}

/** A value that can contain a password is not shown. */
function wrong(given: string, remedy: string): string {
  const shown =
    given.includes("@") && /:[^/@]*@/.test(given.replace(/^[a-z]+:\/\//i, "")) ? "text" : undefined;
  return `must be ${ADDRESS_FORMS}, got ${shown ?? JSON.stringify(given.slice(0, 80))}${remedy}`;
}

function remedyWithoutScheme(given: string): string {
  if (given.startsWith("/")) return `; write "unix://${given}"`;
  if (/^[^@/\s:]+@[^@/\s]+$/.test(given)) return `; write "ssh://${given}"`;
  return "";
}

/** The address as a readable part of a resource name, unique per host. */
export function addressSlug(text: string): string {
  return text.replace(/[^a-zA-Z0-9._-]+/g, "-").replace(/^-+|-+$/g, "");
}
