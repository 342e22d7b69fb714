import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { connect as connectByTls } from "node:tls";
import { inspect } from "node:util";

import type Docker from "dockerode";

import type { HostEndpoint } from "../host/args";
import type { HostAddress } from "../host/address";
import { endpointOf } from "../host/context";
import { commandHost } from "../host/disk/command-host";
import { CommandSocket } from "./command-socket";
import { tellLoss } from "./lost";

/**
 * Concurrent connections to one host. An SSH server refuses logins when ten are pending (MaxStartups), including those of the
 * provider.
 */
const CONNECTIONS = 4;

/** dockerode reads DOCKER_HOST also where it has a socket, and would prefer a host of that variable. */
const WITHOUT_DOCKER_HOST = { host: undefined, protocol: "http" } as unknown as Docker.DockerOptions;

/** One client per host and process, so that connections are reused. */
const clients = new Map<string, Docker>();

/**
 * The client for the Docker Engine of a host; without a host, for the Engine of the docker command (DOCKER_HOST, the
 * selected context, or the local socket). It connects on the first request, over SSH with the `ssh` command like the
 * provider, so that `~/.ssh/config`, keys and agents apply to both.
 */
export function connect(endpoint?: HostEndpoint): Docker {
  if (endpoint === undefined) return connectAsCommand();
  const { address, sshArguments, tls } = endpoint;
  if (address.kind === "unix") return newClient({ ...WITHOUT_DOCKER_HOST, socketPath: address.socket });
  // Certificates belong to a run, and can differ in the next one.
  if (address.kind === "tcp") return clientOver(() => dialTls(address, tls));
  const key = JSON.stringify([address.text, sshArguments]);
  const client =
    clients.get(key) ?? clientOver(() => new CommandSocket("ssh", sshCommand(address, sshArguments)));
  clients.set(key, client);
  return client;
}

/** The Engine of the docker command. If that has none, each request fails with the reason. */
function connectAsCommand(): Docker {
  const host = commandHost();
  if (host.kind === "unusable") {
    const why = new Error(`${host.what}: ${host.why}`);
    return clientOver(() => Promise.reject(why));
  }
  const { address } = host;
  // dockerode reads DOCKER_HOST, with the variables for its certificates.
  if (address === undefined || (host.kind === "default" && address.kind === "tcp")) return newClient();
  return connect(endpointOf(host.kind === "default" ? { address } : host));
}

/** The `ssh` arguments for the Engine of a host. */
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

/** An IP address is not a server name. */
function isName(host: string): boolean {
  return !/^[\d.]+$|:/.test(host);
}

/**
 * Loads the client on the first request. It includes SSH, gRPC and Protocol Buffers, a third of all
 * loaded code, which a program that only declares resources does not need.
 */
function newClient(options?: Docker.DockerOptions): Docker {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import is loaded at once, or makes this asynchronous
  const Client = require("dockerode") as typeof Docker;
  return tellLoss(new Client(options));
}

/** The client uses plain HTTP over the given connection. */
function clientOver(dial: () => Duplex | Promise<Duplex>): Docker {
  const options = { protocol: "http", host: "docker", port: 80, agent: new DialingAgent(dial) } as const;
  return newClient(options);
}

class DialingAgent extends Agent {
  constructor(private readonly dial: () => Duplex | Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
  }

  /**
   * The client formats each request for its debug log. Without this, it formats every object that the sockets refer to,
   * which takes seconds per request.
   */
  [inspect.custom](): string {
    return "DialingAgent";
  }

  /** The agent only counts connections that are created synchronously: without this, asynchronous ones are not limited. */
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
