/** The host of everything that is given none, where it is not the one that the provider would choose by itself. */

import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";

import { DEFAULT_HOST, type HostReference } from "./args";
import { type ContextEndpoint, endpointOf } from "./context";
import { type CommandHost, commandHost, providerShield } from "./disk/command-host";
import { whyUnreachable } from "./engine";
import { unreachableText, unusableText } from "./unreachable";
import { COMMAND_PROVIDER } from "../provider/tokens";

import { failUpdate } from "../deployment/fail";

import { claims } from "../core/claims";
import { hasEngine } from "../core/has-engine";
import { hidden } from "../core/later";

/**
 * The host of a component: the given one, else that of the `docker` command. Undefined where the default provider finds the same
 * one, and under mocks, which have none.
 */
export function hostFor(component: pulumi.Resource, given?: HostReference): HostReference | undefined {
  if (given !== undefined || !hasEngine()) return given;
  const known = claims<{ readonly host: HostReference | undefined }>("command host");
  const [first] = known;
  if (first !== undefined) return first.host;
  const found = commandHost();
  // The default provider takes DOCKER_CONTEXT before DOCKER_HOST, and knows no file.
  const isItsOwn = found.kind === "default" && providerShield().context === undefined;
  const host = isItsOwn ? undefined : referenceTo(component, found);
  known.push({ host });
  return host;
}

/** The arguments of a component with that host. */
export function onHost<A extends { readonly host?: HostReference }>(component: pulumi.Resource, args: A): A {
  const host = hostFor(component, args.host);
  return host === undefined ? args : { ...args, host };
}

function referenceTo(component: pulumi.Resource, found: CommandHost): HostReference {
  const hostAnswers = isUsable(component, found);
  const connection: docker.ProviderArgs = {
    // All objects on the host wait for the response; without one the run has ended.
    host: hostAnswers.then((answered) =>
      answered && found.kind !== "unusable" ? found.text : new Promise<string>(() => undefined),
    ),
    ...(found.kind === "context" && connectionOf(found)),
    // Whatever DOCKER_CONTEXT says: the state must not depend on how the context was selected.
    context: "",
    ...providerShield(),
  };
  // One resource for the whole stack, without a parent component and with a fixed name.
  // eslint-disable-next-line dockwright/child-has-parent, dockwright/child-name-from-name -- see above
  const provider = new docker.Provider(COMMAND_PROVIDER, connection);
  return {
    hostKey: DEFAULT_HOST,
    hostEndpoint: found.kind === "context" ? endpointOf(found) : {},
    isCommandHost: true,
    provider,
    connection,
    hostAnswers,
  };
}

/** What the provider needs beside the address. */
function connectionOf(context: ContextEndpoint): docker.ProviderArgs {
  const { sshArguments } = endpointOf(context);
  return {
    ...(sshArguments.length > 0 && { sshOpts: [...sshArguments] }),
    ...(context.tls && {
      caMaterial: context.tls.ca,
      certMaterial: context.tls.certificate,
      keyMaterial: hidden(context.tls.key),
    }),
  };
}

/** Whether the selected context can be used and its Engine answers; if not, the run ends. */
async function isUsable(component: pulumi.Resource, found: CommandHost): Promise<boolean> {
  const text = await whyNotUsable(found);
  if (text === undefined) return true;
  await failUpdate(component, "docker-context", text);
  return false;
}

/** The default host is checked by the run. */
async function whyNotUsable(found: CommandHost): Promise<string | undefined> {
  if (found.kind === "default") return undefined;
  if (found.kind === "unusable") return unusableText(found);
  const endpoint = endpointOf(found);
  const why = await whyUnreachable(endpoint);
  return why && unreachableText(found.selected.name, endpoint, why, "docker context");
}
