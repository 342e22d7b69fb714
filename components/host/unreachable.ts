/** The errors of a host whose Engine does not respond, or that has another identity. */

import { failureText } from "../core/text/failure-report";
import { type HostEndpoint, shownHost } from "./args";

/** @param error the error of the connection, or of the command that opens it */
export function unreachableText(
  name: string,
  endpoint: HostEndpoint,
  error: string,
  kind: "docker host" | "docker context" = "docker host",
): string {
  const { cause, remedy } = causeOf(error);
  return failureText({
    what: `${kind} "${name}"`,
    why: `${endpoint.address.text} does not answer: ${cause}`,
    now: NOTHING_CHANGED,
    next: `${remedy}; to test it: ${tryIt(endpoint)}`,
  });
}

const NOTHING_CHANGED = "nothing was changed on that host";

/** The error of a context that cannot be used. */
export function unusableText({ what, why }: { readonly what: string; readonly why: string }): string {
  return failureText({
    what,
    why,
    now: "nothing was changed",
    next: "docker context use NAME, or set DOCKER_CONTEXT or DOCKER_HOST; docker info must succeed",
  });
}

/** An object of this stack that was created when the host had another key. */
export interface OtherwiseKnown {
  /** Such as `network shop-prod-web`. */
  readonly what: string;
  readonly key: string;
}

/** The error if the same machine is reached at another address: nothing must move. */
export function otherwiseKnownText(
  hostName: string,
  { address }: HostEndpoint,
  { what, key }: OtherwiseKnown,
): string {
  return failureText({
    what: `docker host "${hostName}"`,
    why: `${address.text} is the host that this stack knows as ${shownHost(key)}: its ${what} exists there`,
    now: NOTHING_CHANGED,
    next: `give the DockerHost identity: ${JSON.stringify(key)}, so that nothing is moved, then run the same command again`,
  });
}

/** A command for the user that connects to the host in the same way. */
function tryIt({ address, sshArguments }: HostEndpoint): string {
  if (address.kind !== "ssh")
    return `docker -H ${address.text}${address.kind === "tcp" ? " --tlsverify" : ""} version`;
  const port = address.port === undefined ? [] : ["-p", String(address.port)];
  const target = `${address.user === undefined ? "" : `${address.user}@`}${address.host}`;
  const socket = address.socket === undefined ? "" : ` -H unix://${address.socket}`;
  return ["ssh", ...sshArguments.map(inShell), ...port, target, `docker${socket} version`].join(" ");
}

function inShell(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const CAUSES: readonly (readonly [pattern: RegExp, remedy: string, cause?: string])[] = [
  [
    /host key verification failed|no matching host key/i,
    "check the key of that host and add it to the file of known hosts, or give ssh.options StrictHostKeyChecking: accept-new",
    "its host key is unknown or has changed",
  ],
  [
    /permission denied \(|too many authentication failures/i,
    "give ssh.identityFile a key that the host accepts, without a passphrase or held by ssh-agent",
    "it rejected the SSH login",
  ],
  [
    /docker: (command )?not found|docker: no such file|exec.*docker.*not found/i,
    "install Docker there, or put its command on the PATH of commands run by SSH",
    "there is no docker command for that user",
  ],
  [
    /permission denied while trying to connect|EACCES/i,
    "give the user access to the Engine: usermod -aG docker <user> on that host",
    "the user has no access to the Engine",
  ],
  [
    /cannot connect to the docker daemon|is the docker daemon running|failed to open the raw stream connection/i,
    "start the Engine there: systemctl start docker",
    "the host is reachable, but its Docker Engine is not",
  ],
  [
    /kex_exchange_identification|connection (closed|reset) by remote host/i,
    "run it again, or raise MaxStartups in its sshd_config; ControlMaster in ~/.ssh/config needs one login for all",
    "its SSH server refused the connection, possibly because of too many logins",
  ],
  [
    /could not resolve|ENOTFOUND|EAI_AGAIN/i,
    "correct the host name, or add it to DNS",
    "its name cannot be resolved",
  ],
  [
    /certificate|self.signed|unable to verify|tls|ssl/i,
    "give tls the authority that signed the certificate of that host, and a certificate it accepts",
  ],
  [
    /ENOENT.*\bssh\b|\bssh\b.*ENOENT/i,
    "install OpenSSH's client on this machine",
    "the ssh command was not found on this machine",
  ],
];

function causeOf(error: string): { cause: string; remedy: string } {
  const said = error
    .trim()
    .replaceAll(/\s*\n\s*/g, "; ")
    .slice(0, 300);
  const known = CAUSES.find(([pattern]) => pattern.test(error));
  return {
    cause: known?.[2] === undefined ? said : `${known[2]} (${said})`,
    remedy: known?.[1] ?? "start the host and its Engine, and make the address reachable from this machine",
  };
}
