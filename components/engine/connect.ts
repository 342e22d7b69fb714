import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { connect as connectByTls } from "node:tls";

import type Docker from "dockerode";

import type { HostEndpoint } from "../host/args";
import type { HostAddress } from "../host/address";
import { CommandSocket } from "./command-socket";

/** Connections to one host at a time. An SSH server turns logins away when ten are under way (MaxStartups), ours and the provider's. */
const CONNECTIONS = 4;

/** One client a host and process, so that its connections are used again. */
const clients = new Map<string, Docker>();

/**
 * The Docker Engine of a host; without one that which Docker's own command would talk to (DOCKER_HOST, or the local
 * socket). Connects when it is first asked something, as the provider does: over SSH by the `ssh` command, so that
 * `~/.ssh/config`, keys and agents serve both.
 */
export function connect(endpoint?: HostEndpoint): Docker {
  if (endpoint === undefined) return newClient();
  const { address, sshArguments, tls } = endpoint;
  if (address.kind === "unix") return newClient({ socketPath: address.socket });
  // Certificates belong to a run, and may differ in the next.
  if (address.kind === "tcp") return clientOver(() => dialTls(address, tls));
  const key = JSON.stringify([address.text, sshArguments]);
  const client =
    clients.get(key) ?? clientOver(() => new CommandSocket("ssh", sshCommand(address, sshArguments)));
  clients.set(key, client);
  return client;
}

/** The arguments with which `ssh` reaches the Engine of a host. */
function sshCommand(
  { user, host, port, socket }: Extract<HostAddress, { kind: "ssh" }>,
  options: readonly string[],
): string[] {
  return [
    ...options,
    "-T",
    ...(port === undefined ? [] : ["-p", String(port)]),
    ...(user === undefined ? [] : ["-l", user]),
    "--",
    host,
    "docker",
    ...(socket === undefined ? [] : ["--host", `unix://${socket}`]),
    "system",
    "dial-stdio",
  ];
}

async function dialTls(
  { host, port, text }: Extract<HostAddress, { kind: "tcp" }>,
  tls: HostEndpoint["tls"],
): Promise<Duplex> {
  const material = await tls?.();
  if (material === undefined)
    throw new Error(`the certificates for ${text} are not known before the next up`);
  const { ca, certificate, key } = material;
  return connectByTls({ host, port, ca, cert: certificate, key, ...(isName(host) && { servername: host }) });
}

/** An IP address is no server name. */
function isName(host: string): boolean {
  return !/^[\d.]+$|:/.test(host);
}

/**
 * Loads the client when a host is first asked something. It brings SSH, gRPC and Protocol Buffers, a third of what the
 * library would load, and a program that only declares resources needs none of it.
 */
function newClient(options?: Docker.DockerOptions): Docker {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import is loaded at once, or makes this asynchronous
  const Client = require("dockerode") as typeof Docker;
  return new Client(options);
}

/** The client speaks plain HTTP over whatever connection it is given. */
function clientOver(dial: () => Duplex | Promise<Duplex>): Docker {
  const options = { protocol: "http", host: "docker", port: 80, agent: new DialingAgent(dial) } as const;
  return newClient(options);
}

class DialingAgent extends Agent {
  constructor(private readonly dial: () => Duplex | Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
  }

  /** The agent counts only what it is given at once: a connection that comes later is not bounded. */
  override createConnection(
    _options: unknown,
    done?: (error: Error | null, connection: Duplex) => void,
  ): Duplex | undefined {
    const dialled = this.dial();
    if (!(dialled instanceof Promise)) return dialled;
    dialled.then(
      (connection) => done?.(null, connection),
      (error: unknown) => (done as ((error: unknown) => void) | undefined)?.(error),
    );
    return undefined;
  }
}
