import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import {
  type DockerHostArgs,
  dockerHostFaults,
  dockerHostSchema,
  type HostEndpoint,
  type HostReference,
  hostKeyOf,
  type HostTls,
  nameOnHost,
  type TlsMaterial,
} from "./args";
import { sshArguments } from "./ssh";
import { addressSlug, type HostAddress, parseHostAddress } from "./address";
import { providerShield, readContext } from "./disk/command-host";
import { otherwiseKnownText, unreachableText } from "./unreachable";
import { otherwiseKnown, whyUnreachable } from "./engine";

import { failUpdate } from "../deployment/fail";

import { checkArgs, refuse } from "../core/check-args";
import { claims } from "../core/claims";
import { hasEngine } from "../core/has-engine";
import { hidden } from "../core/later";
import { currentOwner, type Owner } from "../core/names";
import { tokens } from "../core/tokens";

/**
 * A Docker host and its connection. Pass it to components as `host`: they are created there, and move when its address changes.
 *
 * Children: `<name>-on-<host>` -> `pulumi:providers:docker`.
 *
 * Every run, previews included, checks that the host is reachable before it changes anything there. It does not install Docker.
 *
 * @throws pulumi.ResourceError naming every invalid argument, and the other DockerHost with the same address; during a run,
 * that the host does not respond, with the remedy.
 * @example
 * ```ts
 * const host = new DockerHost("prod", { address: "ssh://deploy@203.0.113.5" });
 * const web = new Container("web", { image: new Image("web", { build, host }), host });
 * ```
 */
export class DockerHost extends pulumi.ComponentResource implements HostReference {
  /** The identity of the host: the normalised address, or the given `identity`. */
  readonly hostKey: string;
  readonly hostEndpoint: object;
  /** The provider for this host. */
  readonly provider: docker.Provider;
  readonly connection: docker.ProviderArgs;
  readonly hostAnswers: Promise<boolean>;

  constructor(name: string, args: DockerHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.dockerHost, name, {}, opts);
    const given = checkArgs(this, "docker host", name, dockerHostSchema, args, dockerHostFaults);
    const checked = given.context === undefined ? given : ofContext(this, name, given, given.context);
    const address = parseHostAddress(checked.address ?? "") as HostAddress;
    this.hostKey = hostKeyOf(checked);
    claimHost(this, name, this.hostKey);

    const material = checked.tls && known(checked.tls);
    const endpoint: HostEndpoint = {
      address,
      sshArguments: address.kind === "ssh" ? sshArguments(checked.ssh) : [],
      ...(material && { tls: () => material }),
    };
    this.hostEndpoint = endpoint;
    this.hostAnswers = answers(this, name, this.hostKey, endpoint);
    this.connection = {
      // All objects on the host wait for the response; without one the run has ended.
      host: this.hostAnswers.then((answered) =>
        answered ? address.text : new Promise<string>(() => undefined),
      ),
      ...(address.kind === "ssh" && { sshOpts: [...endpoint.sshArguments] }),
      ...(checked.tls && {
        caMaterial: checked.tls.ca,
        certMaterial: checked.tls.certificate,
        keyMaterial: hidden(checked.tls.key),
      }),
      ...providerShield(),
    };
    // If the host of a provider changes, Pulumi would look for the existing objects on the new host.
    this.provider = new docker.Provider(nameOnHost(name, this.hostKey), this.connection, {
      parent: this,
    });
    this.registerOutputs({ hostKey: this.hostKey });
  }
}

/** The arguments with the address and certificates of the context. Mocks have no contexts: tests run on machines without them. */
function ofContext(
  component: DockerHost,
  name: string,
  args: DockerHostArgs,
  context: string,
): DockerHostArgs {
  const found = readContext(context);
  if (!("wrong" in found))
    return { ...args, address: found.address.text, ...(found.tls && { tls: found.tls }) };
  if (!hasEngine()) return { ...args, address: `unix:///context/${addressSlug(context)}` };
  const text = `${JSON.stringify(context)} cannot be used: ${found.wrong}`;
  return refuse(component, "docker host", name, [{ path: "context", text }]);
}

interface Claim {
  readonly name: string;
  readonly key: string;
}

/** With two DockerHosts for one host, conflicts of names and ports between their components would not be found. */
function claimHost(component: DockerHost, name: string, key: string): void {
  const others = claims<Claim>("docker host");
  const twin = others.find((other) => other.key === key);
  if (twin !== undefined) {
    const text = `must be a different host, got ${key}, which docker host "${twin.name}" already uses; use that one`;
    refuse(component, "docker host", name, [{ path: "address", text }]);
  }
  others.push({ name, key });
}

/** Whether the host responds and has the expected identity; otherwise the run ends. Mocks have no host. */
async function answers(
  component: DockerHost,
  name: string,
  key: string,
  endpoint: HostEndpoint,
): Promise<boolean> {
  if (!hasEngine()) return true;
  const owner = currentOwner();
  // In a preview the certificates can be unknown.
  if (endpoint.tls !== undefined && (await endpoint.tls()) === undefined) return true;
  const text = await objection(name, key, endpoint, owner);
  if (text === undefined) return true;
  await failUpdate(component, name, text);
  return false;
}

/** Why a host must not be changed; undefined if it can be used. */
async function objection(
  name: string,
  key: string,
  endpoint: HostEndpoint,
  owner: Owner,
): Promise<string | undefined> {
  const why = await whyUnreachable(endpoint);
  if (why !== undefined) return unreachableText(name, endpoint, why);
  const other = await otherwiseKnown(endpoint, owner, key);
  return other && otherwiseKnownText(name, endpoint, other);
}

/** The resolved values; undefined if they are unknown in a preview. */
function known(tls: HostTls): Promise<TlsMaterial | undefined> {
  return new Promise((resolve) => {
    const output = pulumi.output({ ca: tls.ca, certificate: tls.certificate, key: tls.key });
    output.apply(resolve);
    void (output as unknown as { readonly isKnown: Promise<boolean> }).isKnown.then((isKnown) => {
      if (!isKnown) resolve(undefined);
    });
  });
}
