/**
 * The keys that cannot be honoured on a Swarm. Most of them are those of a plain host; what a cluster can do is taken out,
 * and what it cannot do, or does otherwise, stands here with its own reason.
 */

import { butFor, limit, type Limit, NO_INPUT } from "./limit";
import { refused } from "./refused";
import { warned } from "./warned";

const error = limit("error");
const warning = limit("warning");

/** A service of Docker Engine's API has none of these, whoever asks for them. */
const NO_TASK = "is not among what a service of a Swarm can ask for";
const NOT_HERE = "is not carried out on a Swarm";
const ONE_HOST = "run this service as a ComposeProject on the host that it needs";
const OWN_VOLUME = "would have to be told to each node, which makes the volume when it runs a task";
const BY_HAND = "make the volume on the nodes with docker volume create, and write external: true";
const LIMITS = "use deploy.resources.limits";

/** Honoured here, although one host has no use for them or its containers cannot have them. */
const honoured: ReadonlySet<string> = new Set([
  "configs.*.external",
  "networks.*.attachable",
  "secrets.*.external",
  "services.*.deploy.endpoint_mode",
  "services.*.deploy.labels",
  "services.*.deploy.placement",
  "services.*.deploy.resources.reservations.cpus",
  "services.*.deploy.resources.reservations.memory",
  "services.*.deploy.restart_policy.delay",
  "services.*.deploy.restart_policy.window",
  "services.*.deploy.rollback_config",
  "services.*.deploy.update_config",
  "services.*.mem_reservation",
  "services.*.configs.*.gid",
  "services.*.configs.*.uid",
  "services.*.secrets.*.gid",
  "services.*.secrets.*.uid",
]);

const own: readonly Limit[] = [
  error(
    "services.*.privileged",
    NO_TASK,
    `add the one capability that is needed with cap_add, or ${ONE_HOST}`,
  ),
  error("services.*.devices", NO_TASK, ONE_HOST),
  error("services.*.gpus", NO_TASK, ONE_HOST),
  error("services.*.runtime", NO_TASK, "set it for the whole node: dockerd --default-runtime"),
  error("services.*.security_opt", NO_TASK, "set it for the whole node: dockerd --no-new-privileges"),
  error(
    "services.*.network_mode",
    "takes the place of networks, and a task is on networks of the Swarm",
    "use networks, and ports with mode: host where the node's own address is needed",
  ),
  error("services.*.pid", NO_TASK, ONE_HOST),
  error("services.*.ipc", NO_TASK, ONE_HOST, ["host", "service:*", "container:*", "shareable"]),
  error("services.*.userns_mode", NO_TASK, "set it for the whole node: dockerd --userns-remap"),
  error("services.*.ulimits", NOT_HERE, "set them for the whole node: dockerd --default-ulimit nofile=65536"),
  error(
    "services.*.shm_size",
    NO_TASK,
    "mount a tmpfs of that size: volumes: [{ type: tmpfs, target: /dev/shm, tmpfs: { size: 64m } }]",
  ),
  error("services.*.cpu_shares", NO_TASK, LIMITS),
  error("services.*.cpuset", NO_TASK, LIMITS),
  error("services.*.memswap_limit", NO_TASK, LIMITS),
  error(
    "services.*.depends_on.*.condition",
    "waits for a service to end, and a service of a Swarm runs on",
    "run what ends as a Job on one host, or as a step of the image's entrypoint",
    ["service_completed_successfully"],
  ),
  error(
    "services.*.networks.*.ipv4_address",
    "is an address of one container, and a service has several tasks",
    "reach it by the name of the service",
  ),
  error(
    "services.*.deploy.mode",
    NOT_HERE,
    "run what ends as a Job on one host, or as a step of the image's entrypoint",
    ["replicated-job", "global-job"],
  ),
  error(
    "services.*.deploy.update_config.failure_action",
    "leaves a version that does not run in place, and the next up would take it for done",
    "take it out, or write rollback",
    ["pause", "continue"],
  ),
  error(
    "services.*.deploy.resources.reservations.generic_resources",
    "is not carried out yet",
    "keep the nodes that have it apart with placement.constraints",
  ),
  error("services.*.group_add", NOT_HERE, "give the number of the group with user: 1000:GROUP"),
  error("secrets.*.driver", NOT_HERE, "use file, environment or external"),
  error("secrets.*.template_driver", NOT_HERE, "write the content as it should be"),
  error("configs.*.template_driver", NOT_HERE, "write the content as it should be"),
  error(
    "services.*.volumes.*.type",
    NOT_HERE,
    "use volume, bind or tmpfs; files of an image are copied with COPY --from",
    ["npipe", "cluster", "image"],
  ),
  butFor(["local"], error("volumes.*.driver", OWN_VOLUME, BY_HAND)),
  butFor(
    ["overlay", "default"],
    error("networks.*.driver", "ends at its node, and tasks run on several", "take it out, for overlay"),
  ),
  butFor(
    ["0.0.0.0", "::"],
    error(
      "services.*.ports.*.host_ip",
      "would be left out, and the port be open on every address of the nodes",
      "take it out where that is meant; else publish nothing, and put a Gateway in front",
    ),
  ),
  error("volumes.*.driver_opts", OWN_VOLUME, BY_HAND),
  ...["dns_opt", "domainname", "stdin_open", "tty"].map((key) =>
    warning(`services.*.${key}`, NOT_HERE, "take it out, or set it in the image"),
  ),
  warning("volumes.*.labels", OWN_VOLUME, BY_HAND),
  warning(
    "services.*.labels",
    "labels the containers, which is not carried out on a Swarm",
    "write them under deploy: labels, where docker service ls and proxies look for them",
  ),
  warning(
    "services.*.container_name",
    "names one container, and a Swarm names each task itself",
    "take it out",
  ),
  warning(
    "services.*.deploy.rollback_config.failure_action",
    "would leave two versions side by side; a way back goes on, whatever fails",
    "take it out, or write continue",
    ["pause"],
  ),
];

const ownKeys = new Set(own.map(({ key }) => key));

export const swarmLimits: readonly Limit[] = [
  ...[...refused, ...warned]
    .filter(({ key }) => !honoured.has(key) && !ownKeys.has(key))
    // A service is told to the Engine itself.
    .map((each) => ({ ...each, why: each.why.replace(NO_INPUT, NOT_HERE) })),
  ...own,
];
