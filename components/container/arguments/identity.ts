/** The arguments for host, names, labels, mounts and logging. */

import { flag, listOf, wholeNumber } from "../../core/schema";
import { objectName } from "../../core/names";
import { hostNameSchema } from "../../network/host-name";
import { hostReference } from "../../host/args";
import { labels } from "../../deployment/look/given-labels";
import { defaultLogging, logging, loggingInputs } from "../logging";
import { mount, mountInputs } from "../mounts/mount";
import { type Arguments, NOT_OF_JOBS, own, refused, replaces, replacesUnseenDefault, same } from "./argument";

export const identityArguments = {
  host: {
    schema: hostReference,
    fields: {},
    effect: "starts the container on the new host and removes it from the old one",
    job: true,
    swarm: same(),
    compose: {},
  },
  name: {
    schema: objectName,
    fields: {},
    effect: "renames the container",
    job: true,
    swarm: own({ Name: "" }),
    compose: { container_name: "" },
  },
  service: {
    schema: hostNameSchema,
    fields: { 'labels["com.docker.compose.service"]': replaces },
    inputs: () => ({}),
    job: true,
    swarm: same(),
    compose: {},
  },
  adopt: {
    schema: flag,
    default: false,
    fields: {},
    inputs: () => ({}),
    job: true,
    swarm: refused("not supported for services yet: remove or rename the other service"),
    compose: {},
  },
  replica: {
    schema: wholeNumber(1),
    default: 1,
    fields: { 'labels["com.docker.compose.container-number"]': replaces },
    inputs: () => ({}),
    job: NOT_OF_JOBS,
    swarm: refused("replicas"),
    compose: {},
  },
  labels: {
    schema: labels,
    fields: { labels: replaces },
    // They are merged with the labels of dockwright, one of which depends on the state of the host.
    inputs: () => ({}),
    job: true,
    swarm: same({ Labels: "" }),
    compose: { labels: "", "labels.*": "*" },
  },
  logging: {
    schema: logging,
    default: defaultLogging,
    fields: {
      logDriver: { ...replacesUnseenDefault, member: "driver" },
      logOpts: { ...replaces, member: "options" },
    },
    inputs: (given) => loggingInputs(given),
    job: true,
    swarm: same({ "TaskTemplate.LogDriver.Name": "driver", "TaskTemplate.LogDriver.Options": "options" }),
    compose: {
      logging: "",
      "logging.driver": "driver",
      "logging.options": "options",
      "logging.options.*": "options.*",
    },
  },
  mounts: {
    schema: listOf(mount),
    fields: { volumes: replaces, tmpfs: { change: "ignored" } },
    inputs: (given) => mountInputs(given),
    job: true,
    swarm: same({ "TaskTemplate.ContainerSpec.Mounts": "" }),
    compose: {
      tmpfs: "",
      volumes: "",
      "volumes.*": "*",
      "volumes.*.bind.create_host_path": "*.createHostPath",
      "volumes.*.read_only": "*.readOnly",
      "volumes.*.source": "*.bind",
      "volumes.*.target": "*.path",
      "volumes.*.tmpfs.mode": "*.mode",
      "volumes.*.tmpfs.size": "*.sizeMiB",
    },
  },
} satisfies Arguments<"adopt" | "host" | "labels" | "logging" | "mounts" | "name" | "replica" | "service">;
