/** The settings of an environment: read from the stack's file, checked once, typed from here on. */

import * as pulumi from "@pulumi/pulumi";
import { faultsOf } from "../components/core/check-args";
import type { z } from "zod";
import { flag, oneOf, strict, text, wholeNumber } from "../components/core/schema";
import { type Fault, faultText } from "../components/core/text/message";

/** The connection to the Docker host of an environment. */
export interface HostSettings {
  /** Such as `ssh://deploy@203.0.113.5`; a change moves the environment and leaves the data of its volumes behind. */
  readonly address: string;
  /** SSH settings in addition to its configuration, on the machine that runs Pulumi. */
  readonly ssh?: {
    /** The private key. @defaultValue the default of SSH */
    readonly identityFile?: string;
    /** The file of known host keys. @defaultValue `~/.ssh/known_hosts` */
    readonly knownHostsFile?: string;
  };
  /** The former address, if the same machine is now reached in another way. @defaultValue the address */
  readonly identity?: string;
}

/** The settings of a deployment on a swarm. */
export interface SwarmSettings {
  /** The node with the volumes, by its host name in `docker node ls`; a change does not move their data. */
  readonly dataNode: string;
  /**
   * Where every node gets the images from, and the path below which they are there. @defaultValue a swarm of one node, which
   * builds them
   */
  readonly registry?: { readonly address: string; readonly username: string; readonly repository: string };
  /** Whether the networks encrypt the traffic between nodes, which requires ESP in every kernel. @defaultValue `true` */
  readonly encrypted?: boolean;
}

/** The settings of one environment, `stacks/Pulumi.<stack>.yaml`. */
export interface Settings {
  /**
   * Whether containers of one host run it, or services of a swarm. A change moves it there; the data of its volumes stays where
   * it is.
   * @defaultValue `"host"`
   */
  readonly target?: "host" | "swarm";
  /** The Docker host; for a swarm, a manager. @defaultValue the host of the `docker` command */
  readonly host?: HostSettings;
  /** Required for the target `"swarm"`; otherwise it has no effect. */
  readonly swarm?: SwarmSettings;
  /** The host port of the application, 1 to 65535; each environment on one host needs a different one. */
  readonly port: number;
  /** The number of API containers, 1 to 20. */
  readonly apiReplicas: number;
  /** The number of worker containers, 1 to 20. */
  readonly workerReplicas: number;
  /** The log level of the applications. */
  readonly logLevel: "debug" | "info" | "warning" | "error";
  /** Whether Pulumi refuses to remove the volumes. */
  readonly protectData: boolean;
  /** The memory limit of each container, in MiB. */
  readonly memoryMiB: {
    readonly api: number;
    readonly broker: number;
    readonly database: number;
    readonly front: number;
    readonly gateway: number;
    readonly trainer: number;
    readonly worker: number;
  };
  /** Set with `pulumi config set --secret <name>`; `make up` generates missing ones. */
  readonly databasePassword: pulumi.Output<string>;
  readonly databaseRootPassword: pulumi.Output<string>;
  readonly brokerPassword: pulumi.Output<string>;
  /** Required with `swarm.registry`. */
  readonly registryPassword?: pulumi.Output<string>;
}

const memory = wholeNumber(16, 65_536);
const password = text(
  "a password of at least 12 characters; its value is not shown",
  (value) => value.length >= 12,
);
const secretNames = [
  "databasePassword",
  "databaseRootPassword",
  "brokerPassword",
  "registryPassword",
] as const;

const filled = (what: string) => text(what, (value) => value !== "");

const schema = strict({
  target: oneOf(["host", "swarm"]).optional(),
  // The DockerHost checks their content.
  host: strict(
    {
      address: filled("the address of a Docker host"),
      ssh: strict({ identityFile: text().optional(), knownHostsFile: text().optional() }).optional(),
      identity: text().optional(),
    },
    { what: 'an object such as { address: "ssh://deploy@203.0.113.5" }' },
  ).optional(),
  swarm: strict({
    dataNode: filled("the host name of a node, as docker node ls shows it"),
    // Registry and RegistryPush check the address and the path.
    registry: strict({
      address: filled("the address of a registry"),
      username: filled("the name of a user of the registry"),
      repository: filled('a path in the registry such as "team/shop"'),
    }).optional(),
    encrypted: flag.optional(),
  }).optional(),
  port: wholeNumber(1, 65_535),
  apiReplicas: wholeNumber(1, 20),
  workerReplicas: wholeNumber(1, 20),
  logLevel: oneOf(["debug", "info", "warning", "error"]),
  protectData: flag,
  memoryMiB: strict({
    api: memory,
    broker: memory,
    database: memory,
    front: memory,
    gateway: memory,
    trainer: memory,
    worker: memory,
  }),
  databasePassword: password,
  databaseRootPassword: password,
  brokerPassword: password,
  registryPassword: text("a password; its value is not shown", (value) => value !== "").optional(),
});

type Read = z.infer<typeof schema>;

/** Reads the stack's settings; throws one error that names every invalid key and value. */
export function readSettings(): Settings {
  const stack = pulumi.getStack();
  const result = schema.safeParse(ownSettings());
  const faults = result.success ? crossFieldFaults(result.data) : faultsOf(result.error.issues);
  if (!result.success || faults.length > 0) {
    throw new pulumi.RunError(
      faultText("stack", stack, faults.map(withoutSecret)).replace(
        /argument(s?)$/m,
        `setting$1 in stacks/Pulumi.${stack}.yaml`,
      ),
    );
  }
  const { databasePassword, databaseRootPassword, brokerPassword, registryPassword, ...plain } = result.data;
  return {
    ...plain,
    databasePassword: pulumi.secret(databasePassword),
    databaseRootPassword: pulumi.secret(databaseRootPassword),
    brokerPassword: pulumi.secret(brokerPassword),
    ...(registryPassword !== undefined && { registryPassword: pulumi.secret(registryPassword) }),
  };
}

/** Cross-field faults of the settings. */
function crossFieldFaults({ target, swarm, registryPassword }: Read): Fault[] {
  if (target !== "swarm") return [];
  if (swarm === undefined)
    return [
      { path: "swarm", text: "is required with target: swarm: an object such as { dataNode: node-1 }" },
    ];
  return swarm.registry !== undefined && registryPassword === undefined
    ? [{ path: "registryPassword", text: "" }]
    : [];
}

/** This project's keys without their prefix; text of a number, a boolean or an object is converted. */
function ownSettings(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), parse(key.slice(prefix.length), value)]),
  );
}

function parse(key: string, value: string): unknown {
  if ((secretNames as readonly string[]).includes(key)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** The error of a secret: it shows how to set a missing one, and never shows an invalid value. */
function withoutSecret(fault: Fault): Fault {
  const name = secretNames.find((each) => each === fault.path);
  if (name === undefined) return fault;
  const what = name === "registryPassword" ? "a secret" : "a secret of at least 12 characters";
  return { path: name, text: `must be ${what}; set it with: pulumi config set --secret ${name}` };
}
