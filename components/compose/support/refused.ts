/** The keys without which a project would be less safe, or would not work. */

import {
  butFor,
  limit,
  type Limit,
  NO_BUILDER,
  NO_INPUT,
  notYet,
  OWN_NETWORK,
  SWARM,
  WINDOWS,
} from "./limit";

const error = limit("error");

/** Keys of `build` that the Engine's own builder, as the provider reaches it, does not have. */
const BUILDER = [
  "additional_contexts",
  "cache_from",
  "cache_to",
  "entitlements",
  "extra_hosts",
  "network",
  "privileged",
  "secrets",
  "shm_size",
  "ssh",
  "ulimits",
];
const ELSEWHERE = "do that step in the Dockerfile, or build the image elsewhere and name it by image";

const GPUS = "is not carried out yet: a container gets all GPUs, or those that are named";

export const refused: readonly Limit[] = [
  error("services.*.provider", "has another program run the service", "describe the service by its image"),
  error(
    "services.*.models",
    "needs the model runner of Docker Desktop",
    "run the model as a service of its own, and give its address as a variable",
  ),
  error("services.*.device_cgroup_rules", NO_INPUT, "name the devices under devices"),
  butFor(["-1", "all"], error("services.*.gpus.*.count", GPUS, "name each with device_ids, or use all")),
  butFor(["nvidia"], error("services.*.gpus.*.driver", GPUS, "take it out, for NVIDIA's")),
  error("services.*.gpus.*.options", GPUS, "take it out"),
  error("services.*.uts", NO_INPUT, "set hostname"),
  error("services.*.isolation", WINDOWS, "take it out"),
  error("services.*.credential_spec", WINDOWS, "take it out"),
  error(
    "services.*.external_links",
    "links to a container that nothing here owns",
    "join its network as an external one, and use the container's name",
  ),
  error(
    "services.*.post_start",
    NO_INPUT,
    "make it part of the image's entrypoint, or a service that others need to be completed successfully",
  ),
  error("services.*.pre_stop", NO_INPUT, "have the program handle the stop signal"),
  error(
    "services.*.volumes.*.type",
    NO_INPUT,
    "use volume, bind or tmpfs; files of an image are copied with COPY --from",
    ["npipe", "cluster", "image"],
  ),
  error(
    "services.*.use_api_socket",
    "hands the whole Docker Engine to the container",
    "mount /var/run/docker.sock, if that is what is meant",
  ),
  error("services.*.volumes.*.volume.subpath", NO_INPUT, "give the part a volume of its own"),
  error("networks.*.enable_ipv6", "is not carried out yet", OWN_NETWORK),
  ...BUILDER.map((key) => error(`services.*.build.${key}`, NO_BUILDER, ELSEWHERE)),
  error("services.*.build.isolation", WINDOWS, "take it out"),
  error(
    "secrets.*.external",
    "names a secret of a cluster, which one host does not have",
    "use file or environment",
  ),
  error("secrets.*.driver", "needs a cluster with that driver", "use file or environment"),
  error(
    "configs.*.external",
    "names a config of a cluster, which one host does not have",
    "use file, environment or content",
  ),
  error("configs.*.template_driver", SWARM, "write the content as it should be"),
  error("secrets.*.template_driver", SWARM, "write the content as it should be"),
  ...notYet(error, [
    "services.*.blkio_config.device_read_bps",
    "services.*.blkio_config.device_read_iops",
    "services.*.blkio_config.device_write_bps",
    "services.*.blkio_config.device_write_iops",
    "services.*.cgroup",
    "services.*.cgroup_parent",
    "services.*.cpu_period",
    "services.*.cpu_quota",
    "services.*.deploy.resources.reservations.devices",
    "services.*.storage_opt",
    "services.*.userns_mode",
    "services.*.volumes_from",
  ]),
  ...notYet(error, ["services.*.pid"], ["service:*", "container:*"]),
  ...notYet(error, ["services.*.ipc"], ["service:*", "container:*", "shareable"]),
];
