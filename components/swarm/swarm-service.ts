import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { attachmentsOf } from "../container/attachment";
import { hostOf } from "../host/args";
import { hostFor } from "../host/lifecycle";
import type { Upstream } from "../gateway/args";
import { labelInputs } from "../deployment/look/labels";
import type {
  OverlayNetworkReference,
  SwarmConfigReference,
  SwarmSecretReference,
  SwarmServiceArgs,
} from "./args";
import { ownText, secretFile } from "./service/files";
import { swarmServiceFaults, swarmServiceSchema } from "./service/schema";
import { swarmName, swarmNameFaults } from "./names";
import { type EnginePort, enginePorts, takenFaults } from "./service/port";
import { swarmLabels, swarmSpec, type TaskFiles } from "./service/inputs";
import { MONITOR_SECONDS, STOP_GRACE_SECONDS } from "../container/update";
import { convergeSeconds, engineUpdates } from "./service/update";
import { bindService } from "./lifecycle/service";
import { secretTexts } from "../core/secret-texts";
import { SwarmConfig } from "./swarm-config";
import { SwarmSecret } from "./swarm-secret";

import { checkArgs } from "../core/check-args";
import { claims, type Named, nameFaults } from "../core/claims";
import { currentOwner } from "../core/names";
import { tokens } from "../core/tokens";

interface Claim extends Named {
  readonly ports: readonly EnginePort[];
}

/**
 * A service of a swarm: identical tasks on several nodes.
 *
 * Children: `<name>`, with a host `<name>-on-<host>` -> `docker:index/service:Service`, which creates and removes the service;
 * `<name>-spec` -> `SwarmSpec`, which has no child: the specification of the service in the format of the Engine API;
 * `<name>-<secret>` -> `SwarmSecret` and `<name>-<path>` -> `SwarmConfig` for secrets and files that are given as text.
 *
 * An `up` waits until every task runs and stays healthy for `monitorSeconds`. Swarm rolls back a failed
 * update, and the `up` fails, every time until the update succeeds. Manual changes are shown in a preview and reset by
 * an `up`. A task that needs all of `stopGraceSeconds` to stop can make a `pulumi destroy` after a refresh fail although
 * the service has been removed: `pulumi destroy --refresh` completes it. For jobs use `Job`.
 *
 * @throws pulumi.ResourceError naming every invalid argument; during an `up`, why tasks failed, with their exit code and last log lines.
 * @example
 * ```ts
 * const front = new OverlayNetwork("front", { attachable: true });
 * const api = new SwarmService("api", { image: pushed, replicas: 3, networks: [front], endpointMode: "dnsrr" });
 * ```
 */
export class SwarmService extends pulumi.ComponentResource implements Upstream {
  readonly serviceId: pulumi.Output<string>;
  /** The same id, known once all tasks run and have stayed healthy; use it for resources that route traffic to it. */
  readonly readyId: pulumi.Output<string>;
  /** The name on the swarm, for `docker service logs`; its host name on its networks. */
  readonly serviceName: pulumi.Output<string>;
  /** The host name of all its tasks, known when they are ready; a `Gateway` routes to it. */
  readonly readyHost: pulumi.Output<string>;
  /** The networks it is connected to. */
  readonly networks: readonly OverlayNetworkReference[];
  /** The manager that creates it. */
  readonly hostKey: string;

  constructor(name: string, args: SwarmServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(tokens.swarmService, name, {}, opts);
    const owner = currentOwner(opts?.parent);
    const claimed = (given: SwarmServiceArgs): Claim => ({
      name,
      hostName: given.name ?? swarmName(owner, name),
      ports: enginePorts(given.ports ?? []),
    });
    const checked = checkArgs(this, "service", name, swarmServiceSchema, args, (given) => {
      const others = claims<Claim>("service", this, given.host?.provider);
      const mine = claimed(given);
      return [
        ...swarmServiceFaults(given, name),
        ...swarmNameFaults(given.name, mine.hostName),
        ...nameFaults("service", mine, others),
        ...takenFaults(given.ports ?? [], others),
      ];
    });
    const mine = claimed(checked);
    claims<Claim>("service", this, checked.host?.provider).push(mine);
    const placement = hostOf(hostFor(this, checked.host));
    const files = this.filesOf(name, checked);
    const networks = attachmentsOf(checked.networks ?? []).map(
      ({ network }) => network as OverlayNetworkReference,
    );
    const spec = swarmSpec(owner, name, mine.hostName, checked, files);

    const lifecycle = bindService(this, {
      owner,
      name,
      hostName: mine.hostName,
      placement,
      spec,
      ports: mine.ports,
      reference: checked.image.reference,
      goal: {
        replicas: checked.global === true ? undefined : (checked.replicas ?? 1),
        monitorSeconds: checked.monitorSeconds ?? MONITOR_SECONDS,
        maxFailureRatio: engineUpdates(checked).UpdateConfig.MaxFailureRatio,
        timeoutSeconds: convergeSeconds(checked),
      },
      login: checked.registry && loginOf(checked.registry),
      secrets: secretTexts(checked, secretsOf(checked)),
    });
    const service = new docker.Service(
      placement.childName(name),
      {
        name: mine.hostName,
        labels: after(
          files,
          networks,
          labelInputs({ ...swarmLabels(owner, "service", name), ...lifecycle.labels }),
        ),
        ...nothingYet(checked.global === true, checked.stopGraceSeconds ?? STOP_GRACE_SECONDS),
      },
      {
        ...lifecycle.options,
        parent: this,
        ...placement.options,
        // Two services with the same name cannot exist at the same time.
        deleteBeforeReplace: true,
        replacementTrigger: checked.global === true ? "global" : "replicated",
        // All of this is in <name>-spec. The provider would send it in a different order, which restarts every
        // task, and would replace the whole service for a host name or a network.
        ignoreChanges: ["labels", "mode", "taskSpec", "updateConfig", "rollbackConfig", "endpointSpec"],
      },
    );

    this.serviceId = service.id;
    this.readyId = lifecycle.whenReady(service.id);
    this.serviceName = service.name;
    this.readyHost = this.readyId.apply(() => `tasks.${mine.hostName}`);
    this.networks = networks;
    this.hostKey = placement.key;
    this.registerOutputs({ serviceId: this.readyId, serviceName: this.serviceName });
  }

  /** Creates secrets and configs for values that are given as text. */
  private filesOf(name: string, { secrets = {}, files = {}, host }: SwarmServiceArgs): TaskFiles {
    const on = host === undefined ? {} : { host };
    const parent = { parent: this };
    return {
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([key, given]): [string, SwarmSecretReference] => {
          const file = secretFile(given);
          const content = ownText(file);
          return [
            key,
            content === undefined
              ? (file.secret as SwarmSecretReference)
              : new SwarmSecret(`${name}-${key}`, { content, ...on }, parent),
          ];
        }),
      ),
      configs: Object.fromEntries(
        Object.entries(files).map(
          ([path, { config, content, contentBase64 }]): [string, SwarmConfigReference] => [
            path,
            config ??
              new SwarmConfig(
                `${name}-${path.slice(1)}`,
                {
                  ...(content === undefined ? {} : { content }),
                  ...(contentBase64 === undefined ? {} : { contentBase64 }),
                  ...on,
                },
                parent,
              ),
          ],
        ),
      ),
    };
  }
}

function loginOf({ address, login }: NonNullable<SwarmServiceArgs["registry"]>) {
  return login.apply((known) => ({ ...known, serveraddress: address }));
}

/** The secrets that are given as text; the text of an existing secret is not known here. */
function secretsOf({ secrets = {} }: SwarmServiceArgs): pulumi.Input<string>[] {
  return Object.values(secrets).map((given) => ownText(secretFile(given)) ?? "");
}

/** Makes a service depend on the objects that it uses: they are created before it and removed after it. */
function after<T>({ secrets, configs }: TaskFiles, networks: readonly OverlayNetworkReference[], value: T) {
  const used = [
    ...Object.values(secrets).map(({ secretId }) => secretId),
    ...Object.values(configs).map(({ configId }) => configId),
    ...networks.map(({ networkId }) => networkId),
  ];
  return pulumi.all(used).apply(() => value);
}

/** A digest without an image: it is never pulled, and no task uses it. */
const NO_IMAGE = `dockwright/none@sha256:${"0".repeat(64)}`;

/** A service without tasks; a mode cannot be changed later. */
function nothingYet(
  everywhere: boolean,
  stopGraceSeconds: number,
): Pick<docker.ServiceArgs, "mode" | "taskSpec"> {
  const containerSpec = {
    image: NO_IMAGE,
    // A destroy waits this long until the tasks have stopped: their image and networks are removed afterwards.
    stopGracePeriod: `${String(Math.ceil(stopGraceSeconds) + MARGIN)}s`,
  };
  return everywhere
    ? { mode: { global: true }, taskSpec: { containerSpec, placement: { constraints: ["node.id == none"] } } }
    : { mode: { replicated: { replicas: 0 } }, taskSpec: { containerSpec } };
}

/** The time that the Engine needs to remove a stopped container, in seconds. */
const MARGIN = 20;
