/** The options of the `ssh` command. */

import type { HostSsh } from "./args";

/** Never prompts, because there is no terminal, and stops waiting for an unresponsive host. */
export function sshArguments({ identityFile, knownHostsFile, options = {} }: HostSsh = {}): string[] {
  const given: Record<string, string> = {
    BatchMode: "yes",
    ...(identityFile !== undefined && { IdentityFile: quoted(identityFile), IdentitiesOnly: "yes" }),
    ...(knownHostsFile !== undefined && { UserKnownHostsFile: quoted(knownHostsFile) }),
    ...options,
  };
  const known = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const defaults = Object.entries({ ConnectTimeout: "15", ServerAliveInterval: "15" }).filter(
    ([name]) => !known.has(name.toLowerCase()),
  );
  return [...Object.entries(given), ...defaults].flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}

/** For SSH, a blank ends a file name. */
function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
