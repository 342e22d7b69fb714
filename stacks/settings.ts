/** What differs between environments: read from the stack's file, checked once, typed from here on. */

import * as pulumi from "@pulumi/pulumi";
import { faultsOf } from "../components/internal/check-args";
import { flag, oneOf, strict, text, wholeNumber } from "../components/internal/guard";
import { type Fault, faultText } from "../components/internal/message";

/** How the Docker host of an environment is reached. */
export interface HostSettings {
  /** Such as `ssh://deploy@203.0.113.5`; a change moves the environment and leaves the data of its volumes behind. */
  readonly address: string;
  /** What SSH is told beside its own configuration, on the machine that runs Pulumi. */
  readonly ssh?: {
    /** The private key. @defaultValue SSH's own choice */
    readonly identityFile?: string;
    /** The file of known host keys. @defaultValue `~/.ssh/known_hosts` */
    readonly knownHostsFile?: string;
  };
  /** The former address, where the same machine is reached in another way. @defaultValue the address */
  readonly identity?: string;
}

/** The settings of one environment, `stacks/Pulumi.<stack>.yaml`. */
export interface Settings {
  /** Where it is deployed. @defaultValue the host of DOCKER_HOST, or the local socket */
  readonly host?: HostSettings;
  /** The host's port on which the application answers, 1 to 65535; each environment of one host needs its own. */
  readonly port: number;
  /** How many containers serve the API, 1 to 20. */
  readonly apiReplicas: number;
  /** How many containers work on predictions, 1 to 20. */
  readonly workerReplicas: number;
  /** What the applications write to their logs. */
  readonly logLevel: "debug" | "info" | "warning" | "error";
  /** Whether Pulumi refuses to remove the volumes. */
  readonly protectData: boolean;
  /** Most memory of each container, in MiB. */
  readonly memoryMiB: {
    readonly api: number;
    readonly broker: number;
    readonly database: number;
    readonly front: number;
    readonly gateway: number;
    readonly trainer: number;
    readonly worker: number;
  };
  /** Set with `pulumi config set --secret <name>`; `make up` makes up what is missing. */
  readonly databasePassword: pulumi.Output<string>;
  readonly databaseRootPassword: pulumi.Output<string>;
  readonly brokerPassword: pulumi.Output<string>;
}

const memory = wholeNumber(16, 65_536);
const password = text(
  "a password of at least 12 characters; its value is not shown",
  (value) => value.length >= 12,
);
const secretNames = ["databasePassword", "databaseRootPassword", "brokerPassword"] as const;

const guard = strict({
  // What is in them is judged by the DockerHost, which knows the forms of an address.
  host: strict(
    {
      address: text("the address of a Docker host", (value) => value !== ""),
      ssh: strict({ identityFile: text().optional(), knownHostsFile: text().optional() }).optional(),
      identity: text().optional(),
    },
    { what: 'an object such as { address: "ssh://deploy@203.0.113.5" }' },
  ).optional(),
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
});

/** Reads the stack's settings; throws one error that names every wrong key and value. */
export function readSettings(): Settings {
  const stack = pulumi.getStack();
  const result = guard.safeParse(ownSettings());
  if (!result.success) {
    throw new pulumi.RunError(
      faultText("stack", stack, faultsOf(result.error.issues).map(withoutSecret)).replace(
        /argument(s?)$/m,
        `setting$1 in stacks/Pulumi.${stack}.yaml`,
      ),
    );
  }
  const { databasePassword, databaseRootPassword, brokerPassword, ...plain } = result.data;
  return {
    ...plain,
    databasePassword: pulumi.secret(databasePassword),
    databaseRootPassword: pulumi.secret(databaseRootPassword),
    brokerPassword: pulumi.secret(brokerPassword),
  };
}

/** This project's keys without their prefix; text that spells a number, a truth value or an object becomes one. */
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

/** Says how to set a missing secret, and never what a wrong one is. */
function withoutSecret(fault: Fault): Fault {
  const name = secretNames.find((each) => each === fault.path);
  if (name === undefined) return fault;
  return {
    path: name,
    text: `must be a secret of at least 12 characters; set it with: pulumi config set --secret ${name}`,
  };
}
