/** The host of the `docker` command: its environment variables and its files on this machine. */

import { createHash } from "node:crypto";
import { join } from "node:path";

import {
  type ContextEndpoint,
  contextEndpoint,
  isSet,
  type SelectedContext,
  selectedContext,
} from "../context";
import { type HostAddress, parseHostAddress } from "../address";
import { configFolder, readConfig, textOf } from "./config";

/** The host that the `docker` command uses. */
export type CommandHost =
  | { readonly kind: "default"; readonly text: string; readonly address: HostAddress | undefined }
  | ({
      readonly kind: "context";
      readonly text: string;
      readonly selected: SelectedContext;
    } & ContextEndpoint)
  | { readonly kind: "unusable"; readonly what: string; readonly why: string };

const SOCKET =
  process.platform === "win32" ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";

/** Read at each call: a process can change its environment, and `docker context use` the file. */
export function commandHost(): CommandHost {
  // The variables of the docker command itself: a component without a host follows it.
  // eslint-disable-next-line no-restricted-properties -- see above
  const environment = process.env;
  const config = readConfig();
  const current = "wrong" in config ? undefined : config.settings["currentContext"];
  const selected = selectedContext(
    environment,
    config.file,
    typeof current === "string" ? current : undefined,
  );
  const { DOCKER_HOST, DOCKER_CONTEXT } = environment;
  if ("wrong" in config && !isSet(DOCKER_HOST) && !isSet(DOCKER_CONTEXT))
    return { kind: "unusable", what: config.file, why: `it ${config.wrong}` };
  if (selected === undefined) {
    const text = isSet(DOCKER_HOST) ? DOCKER_HOST : SOCKET;
    const address = parseHostAddress(text);
    return { kind: "default", text, address: "wrong" in address ? undefined : address };
  }
  const endpoint = readContext(selected.name);
  return "wrong" in endpoint
    ? {
        kind: "unusable",
        what: `docker context "${selected.name}"`,
        why: `${selected.by} selects it, and ${endpoint.wrong}`,
      }
    : { kind: "context", text: endpoint.address.text, selected, ...endpoint };
}

/** For people: the address, and what selects it. */
export function shownCommandHost(host: Exclude<CommandHost, { kind: "unusable" }>): string {
  return host.kind === "context"
    ? `${host.text} (context "${host.selected.name}" of ${host.selected.by})`
    : host.text;
}

/** The endpoint of a stored context, or why it cannot be used. */
export function readContext(name: string): ContextEndpoint | { readonly wrong: string } {
  const folder = join(configFolder(), "contexts");
  const id = createHash("sha256").update(name).digest("hex");
  const tls = (file: string): string | undefined => textOf(join(folder, "tls", id, "docker", file));
  try {
    return contextEndpoint({
      meta: textOf(join(folder, "meta", id, "meta.json")),
      tls: { ca: tls("ca.pem"), certificate: tls("cert.pem"), key: tls("key.pem") },
    });
  } catch (error) {
    return { wrong: `its files cannot be read (${(error as Error).message})` };
  }
}

/**
 * Keeps the provider of a host from what it takes from these variables even so: a context, which overrides the host, and a folder
 * of certificates. Without the variables nothing of this machine is in the state.
 */
export function providerShield(): { readonly context?: ""; readonly certPath?: "" } {
  // eslint-disable-next-line no-restricted-properties -- the provider reads them
  const { DOCKER_CONTEXT, DOCKER_CERT_PATH } = process.env;
  return {
    ...(isSet(DOCKER_CONTEXT) && { context: "" as const }),
    ...(isSet(DOCKER_CERT_PATH) && { certPath: "" as const }),
  };
}
