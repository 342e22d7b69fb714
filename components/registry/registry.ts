import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { type HostReference, hostOf, hostReference } from "../host/args";
import { providerShield } from "../host/disk/command-host";
import { hostFor } from "../host/lifecycle";
import { registryAddress, registryUrl } from "./address";

import { checkArgs } from "../core/check-args";
import { input, strict, text } from "../core/schema";
import { hidden } from "../core/later";
import { tokens } from "../core/tokens";

/** Source: Docker reference, "docker login". */
export interface RegistryArgs {
  /** Host and port, such as `"registry.example.com"` or `"127.0.0.1:5000"`; plain HTTP is used for a loopback address only. */
  readonly address: string;
  readonly username: pulumi.Input<string>;
  /** Always a secret: encrypted in the state, never printed. A change does not affect running containers. */
  readonly password: pulumi.Input<string>;
  /** The host whose Engine pulls from it and pushes to it. @defaultValue the host of the `docker` command */
  readonly host?: HostReference;
}

const schema = strict({
  address: registryAddress,
  username: input(text("a user name that is not empty", (value) => value.length > 0)),
  password: input(text("a password that is not empty", (value) => value.length > 0, "kind")),
  host: hostReference.optional(),
});

/**
 * A registry that images are pushed to and pulled from, with the login for it.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `pulumi:providers:docker`.
 *
 * Pass it to a `RegistryPush`, or to an `Image` that is pulled. It does not run a registry.
 *
 * @throws pulumi.ResourceError naming every invalid argument.
 * @example
 * ```ts
 * const registry = new Registry("team", { address: "registry.example.com", username, password });
 * ```
 */
export class Registry extends pulumi.ComponentResource {
  readonly address: string;
  /** The given login; a secret. */
  readonly login: pulumi.Output<{ readonly username: string; readonly password: string }>;
  /** The provider with the login. */
  readonly provider: docker.Provider;
  /** The given host, whose provider has no login. */
  readonly host: HostReference | undefined;
  readonly hostKey: string;

  constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.registry, name, {}, opts);
    const checked = checkArgs(this, "registry", name, schema, args);

    const placed = hostFor(this, checked.host);
    const placement = hostOf(placed);

    this.address = checked.address;
    this.host = checked.host;
    this.login = pulumi.all([checked.username, hidden(checked.password)]).apply(([username, password]) => ({
      username,
      password,
    }));
    this.hostKey = placement.key;
    this.provider = new docker.Provider(
      placement.childName(name),
      {
        ...(placed === undefined ? providerShield() : placed.connection),
        registryAuth: [
          {
            address: registryUrl(checked.address),
            username: checked.username,
            password: hidden(checked.password),
          },
        ],
      },
      { parent: this },
    );
    this.registerOutputs({ address: this.address });
  }
}
