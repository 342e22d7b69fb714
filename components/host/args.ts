/** The arguments of a Docker host: connection, identity, and placement of objects. */

import type * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { input, mapOf, mustBe, reference, strict, text } from "../core/schema";
import type { Fault } from "../core/text/message";
import { ADDRESS_FORMS, addressSlug, type HostAddress, parseHostAddress } from "./address";

/** The TLS material for `tcp://`. All three are required: without a CA Docker does not verify the host. */
export interface HostTls {
  /** The CA certificate of the host, as PEM text. */
  readonly ca: pulumi.Input<string>;
  /** The client certificate, as PEM text. */
  readonly certificate: pulumi.Input<string>;
  /** The key of the client certificate, as PEM text without a passphrase. Always a secret. */
  readonly key: pulumi.Input<string>;
}

/** Settings of the `ssh` command in addition to its configuration (`~/.ssh/config` is still read). */
export interface HostSsh {
  /** The private key, as an absolute path or one below `~/`, on the machine that runs Pulumi. @defaultValue the default of SSH */
  readonly identityFile?: string;
  /** The known_hosts file, as an absolute path or one below `~/`. @defaultValue `~/.ssh/known_hosts` */
  readonly knownHostsFile?: string;
  /** More options by their names in ssh_config, such as `{ ProxyJump: "bastion", ConnectTimeout: "30" }`. */
  readonly options?: Readonly<Record<string, string>>;
}

/** Source: Docker reference, "docker --host", "Protect the Docker daemon socket" and "Docker contexts". */
export interface DockerHostArgs {
  /**
   * Either `address` or `context`. `"ssh://user@host"`, with `:port` and the path of the Engine's socket if they differ from the default;
   * `"unix:///path/to/docker.sock"`; or `"tcp://host:2376"`, with `tls` only. Must be known at preview time.
   * Changing it moves everything on the host; data of volumes is not moved.
   */
  readonly address?: string;
  /**
   * The name of a Docker context of the machine that runs Pulumi, as `docker context ls` lists it: its address, with its TLS
   * material. Must be known at preview time. A context with another address moves everything, like a change of `address`; set
   * `identity` if the address of one machine differs between those who deploy, as that of a socket in a home folder does.
   */
  readonly context?: string;
  /** For `tcp://`. A change does not affect running containers. */
  readonly tls?: HostTls;
  /** For `ssh://`. A change does not affect running containers. */
  readonly ssh?: HostSsh;
  /**
   * The identity of the host. Set it to the previous address if the same machine is now reached in another way
   * (a new user, port or name), or to `"default"` if components had no host before; then nothing moves.
   * @defaultValue the address
   */
  readonly identity?: string;
}

/** The resolved values of `HostTls`. */
export interface TlsMaterial {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** The connection settings for the Engine of a host. */
export interface HostEndpoint {
  readonly address: HostAddress;
  /** The arguments of the `ssh` command before its target. */
  readonly sshArguments: readonly string[];
  /** Undefined if the values are not known yet, as can happen in a preview. */
  readonly tls?: () => Promise<TlsMaterial | undefined>;
}

/** A reference to a Docker host, such as a `DockerHost` component. */
export interface HostReference {
  /** The identity of the host: the normalised address, or the given identity. */
  readonly hostKey: string;
  /** The connection to its Engine; only used by dockwright. */
  readonly hostEndpoint: object;
  /** The provider for this host. */
  readonly provider: docker.Provider;
  /** The settings of another provider for this host. */
  readonly connection: docker.ProviderArgs;
  /** False if it does not respond, which ends the run: no more requests may be sent. @defaultValue not known */
  readonly hostAnswers?: Promise<boolean>;
  /** True for the host of the `docker` command, which components without a host use. */
  readonly isCommandHost?: true;
}

/** An object with its host; undefined if the host is not known. */
export interface OnHost {
  readonly hostKey?: string | undefined;
}

/** The default host: that of the `docker` command. */
export const DEFAULT_HOST = "default";

/** The label with the key of the host, on its objects. */
export const HOST_LABEL = "io.dockwright.host";

export const hostReference: z.ZodType<HostReference> = reference<HostReference>(
  "hostEndpoint",
  "a DockerHost",
);

const pem = (kind: string, what: string): z.ZodType<pulumi.Input<string>> =>
  input(
    text(
      `${what}, as PEM text; of a file: readFileSync(path, "utf8")`,
      (value) => new RegExp(`-----BEGIN [A-Z ]*${kind}-----`).test(value),
      "kind",
    ),
  );

const localFile = text(
  'an absolute path or one below "~/"',
  (value) => /^(~?\/)[^\0"]+$/.test(value) && !value.endsWith("/"),
);

const option = text("the value of an option of SSH, on one line", (value) => /^[^\0\r\n]+$/.test(value));

const optionName = text(
  "the name of an option of ssh_config, such as ProxyJump",
  (value) => /^[A-Za-z][A-Za-z0-9]*$/.test(value) && value.toLowerCase() !== "batchmode",
);

const address = z
  .string({ error: (issue) => mustBe(ADDRESS_FORMS, issue.input) })
  .superRefine((value, context) => {
    const parsed = parseHostAddress(value);
    if ("wrong" in parsed) context.addIssue({ code: "custom", message: parsed.wrong });
  });

export const dockerHostSchema: z.ZodType<DockerHostArgs> = strict({
  address: address.optional(),
  context: text(
    "the name of a Docker context, as docker context ls lists it",
    (value) => /^[a-zA-Z0-9][a-zA-Z0-9_.+-]*$/.test(value) && value !== "default",
  ).optional(),
  tls: strict({
    ca: pem(
      "CERTIFICATE",
      "the certificate of the authority that signed the host's (without it the host would not be verified)",
    ),
    certificate: pem("CERTIFICATE", "the certificate of this client"),
    key: pem("PRIVATE KEY", "the private key of that certificate"),
  }).optional(),
  ssh: strict({
    identityFile: localFile.optional(),
    knownHostsFile: localFile.optional(),
    options: mapOf(option, optionName).optional(),
  }).optional(),
  identity: text("text without blanks", (value) => /^\S+$/.test(value)).optional(),
});

/** Cross-field faults: a connection must be encrypted and verified. */
export function dockerHostFaults({ address: given, context, tls, ssh }: DockerHostArgs): Fault[] {
  if (context !== undefined)
    return Object.entries({ address: given, tls, ssh }).flatMap(([path, value]) =>
      value === undefined
        ? []
        : [{ path, text: "and context exclude each other, because the context has its own; keep one" }],
    );
  if (given === undefined) return [{ path: "address", text: mustBe(ADDRESS_FORMS, given) }];
  const parsed = parseHostAddress(given);
  if ("wrong" in parsed) return [];
  const faults: Fault[] = [];
  if (parsed.kind === "tcp" && tls === undefined)
    faults.push({
      path: "tls",
      text: `is required for ${parsed.text}: anyone who can reach a port without TLS has root access to that host; give { ca, certificate, key }, or use "ssh://${parsed.host}"`,
    });
  if (parsed.kind !== "tcp" && tls !== undefined)
    faults.push({ path: "tls", text: `is for tcp:// only; omit it for ${parsed.text}` });
  if (parsed.kind !== "ssh" && ssh !== undefined)
    faults.push({ path: "ssh", text: `is for ssh:// only; omit it for ${parsed.text}` });
  return faults;
}

/** The key of a host with a valid address. */
export function hostKeyOf({ address: given = "", identity }: DockerHostArgs): string {
  const of = identity ?? given;
  if (of === DEFAULT_HOST) return of;
  const parsed = parseHostAddress(of);
  return "wrong" in parsed ? of : parsed.text;
}

/** The placement of a component: its host, and the options and names of its children. */
export interface Placement {
  /** To spread into the options of each child. */
  readonly options: { readonly provider?: docker.Provider };
  /** The key of the host; constant without a host. */
  readonly key: string;
  /** For `connect`; undefined means the host of the `docker` command. */
  readonly endpoint: HostEndpoint | undefined;
  /** False if the host does not respond, which ends the run. */
  readonly answers: Promise<boolean>;
  /** For objects with labels: they identify a host that is reached at another address. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * The name of a child: it contains the host, so that a move creates the new child first and then removes the old one from the
   * old host, with the provider that created it. Without a host it is the plain name.
   */
  readonly childName: (name: string) => string;
}

/** The placement of a component. */
export function hostOf(given?: HostReference): Placement {
  if (given === undefined)
    return {
      options: {},
      key: DEFAULT_HOST,
      endpoint: undefined,
      answers: Promise.resolve(true),
      labels: {},
      childName: (name) => name,
    };
  const { provider, hostKey, hostEndpoint, hostAnswers, isCommandHost } = given;
  return {
    options: { provider },
    key: hostKey,
    endpoint: isCommandHost === true ? undefined : (hostEndpoint as HostEndpoint),
    answers: hostAnswers ?? Promise.resolve(true),
    labels: hostKey === DEFAULT_HOST ? {} : { [HOST_LABEL]: hostKey },
    childName: (name) => nameOnHost(name, hostKey),
  };
}

/** Replaces characters that Docker does not accept in names. */
export function nameOnHost(name: string, key: string): string {
  return key === DEFAULT_HOST ? name : `${name}-on-${addressSlug(key)}`;
}

/**
 * One fault if objects that must be on the same host are not.
 *
 * @param kind the user of the objects, such as `container`
 * @param used the objects, by the path of their argument
 */
export function hostFaults(
  kind: string,
  mine: HostReference | undefined,
  used: readonly { readonly path: string; readonly on: OnHost }[],
): Fault[] {
  const key = mine?.hostKey ?? DEFAULT_HOST;
  const elsewhere = used.filter(({ on }) => on.hostKey !== undefined && on.hostKey !== key);
  if (elsewhere.length === 0) return [];
  const where = elsewhere.map(({ path, on }) => `${path} is on ${shownHost(on.hostKey)}`).join(", ");
  return [
    {
      path: "host",
      text: `must be the host of all that the ${kind} uses, got ${shownHost(key)} while ${where}; give all of them the same host`,
    },
  ];
}

export function shownHost(key = DEFAULT_HOST): string {
  return key === DEFAULT_HOST ? "the default host" : key;
}
