/**
 * Docker contexts: the named endpoints between which `docker context use` switches.
 * Source: docker/cli, cli/command/cli.go (resolveContextName) and cli/context/store.
 */

import { type HostAddress, parseHostAddress } from "./address";
import type { HostEndpoint, TlsMaterial } from "./args";
import { sshArguments } from "./ssh";

/** The name of the context that is not stored: the host of DOCKER_HOST, or the local socket. */
const DEFAULT_CONTEXT = "default";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A context that something else than the program selects. */
export interface SelectedContext {
  readonly name: string;
  /** Such as `DOCKER_CONTEXT`. */
  readonly by: string;
}

/** What the files of a context say about its endpoint; undefined where there is no such file. */
export interface ContextFiles {
  readonly meta: string | undefined;
  readonly tls: { readonly [file in keyof TlsMaterial]?: string | undefined };
}

/** How the Engine of a context is reached. */
export interface ContextEndpoint {
  readonly address: HostAddress;
  /** For `tcp://`. */
  readonly tls?: TlsMaterial;
}

/** The context that the `docker` command uses; undefined for the default one, which DOCKER_HOST also selects. */
export function selectedContext(
  environment: Environment,
  configFile: string,
  currentContext: string | undefined,
): SelectedContext | undefined {
  if (isSet(environment["DOCKER_HOST"])) return undefined;
  const variable = environment["DOCKER_CONTEXT"];
  const selected = isSet(variable)
    ? { name: variable, by: "DOCKER_CONTEXT" }
    : { name: currentContext ?? "", by: `currentContext of ${configFile}` };
  return selected.name === "" || selected.name === DEFAULT_CONTEXT ? undefined : selected;
}

/** An empty variable counts as unset, as for the `docker` command. */
export function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== "";
}

/** The endpoint of a context, or why it cannot be used, as a clause. */
export function contextEndpoint({ meta, tls }: ContextFiles): ContextEndpoint | { readonly wrong: string } {
  if (meta === undefined) return { wrong: "it does not exist; docker context ls lists the contexts" };
  const docker = endpointIn(meta);
  if (docker === undefined) return { wrong: "its file has no endpoint of a Docker Engine" };
  const address = parseHostAddress(docker.Host);
  if ("wrong" in address) return { wrong: `its endpoint ${address.wrong}` };
  if (address.kind !== "tcp") return { address };
  if (docker.SkipTLSVerify === true)
    return { wrong: `${address.text} is not verified (skip-tls-verify); ${withTls(address.text)}` };
  const { ca, certificate, key } = tls;
  if (ca === undefined || certificate === undefined || key === undefined)
    return {
      wrong: `${address.text} needs ca, cert and key: anyone who can reach a port without TLS has root access to that host; ${withTls(address.text)}`,
    };
  return { address, tls: { ca, certificate, key } };
}

/** For the connection. */
export function endpointOf({ address, tls }: ContextEndpoint): HostEndpoint {
  return {
    address,
    sshArguments: address.kind === "ssh" ? sshArguments() : [],
    ...(tls && { tls: () => Promise.resolve(tls) }),
  };
}

function withTls(address: string): string {
  return `create it again: docker context create NAME --docker "host=${address},ca=FILE,cert=FILE,key=FILE"`;
}

interface StoredEndpoint {
  readonly Host: string;
  readonly SkipTLSVerify?: boolean;
}

function endpointIn(meta: string): StoredEndpoint | undefined {
  try {
    const { Endpoints } = JSON.parse(meta) as { Endpoints?: Readonly<Record<string, StoredEndpoint>> };
    const docker = Endpoints?.["docker"];
    return typeof docker?.Host === "string" && docker.Host !== "" ? docker : undefined;
  } catch {
    return undefined;
  }
}
