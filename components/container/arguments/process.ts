/** The arguments for the process: image, command, user, environment, secrets and files. */

import type { ContainerArgs as ProviderArgs } from "@pulumi/docker";
import {
  containerPath,
  flag,
  input,
  listOf,
  nonEmptyText,
  reference,
  text,
  wholeNumber,
} from "../../core/schema";
import type { ContainerArgs } from "../args";
import { environment, environmentInputs, files, secrets, uploadInputs } from "../environment";
import type { ImageSource } from "../../image/source";
import { STOP_GRACE_SECONDS } from "../update";
import { type Arguments, ignored, notOnASwarm, own, replaces, replacesUnseen, same } from "./argument";

const words = listOf(input(nonEmptyText)).min(1, "must not be empty");

/** Both are written into the container before it starts. */
const uploads = (args: ContainerArgs): Pick<ProviderArgs, "uploads"> => {
  const all = uploadInputs(args.files ?? {}, args.secrets ?? {});
  return all.length > 0 ? { uploads: all } : {};
};

const CONTAINER = "TaskTemplate.ContainerSpec";

export const processArguments = {
  image: {
    schema: reference<ImageSource>("source", "an Image"),
    required: true,
    fields: { image: replaces },
    inputs: ({ source }) => ({ image: source }),
    job: true,
    swarm: same({ [`${CONTAINER}.Image`]: "" }),
    compose: { image: "", build: "" },
  },
  command: {
    schema: words,
    fields: { command: replaces },
    job: true,
    swarm: same({ [`${CONTAINER}.Args`]: "" }),
    compose: { command: "", "command.*": "*" },
  },
  entrypoint: {
    schema: words,
    fields: { entrypoints: replaces },
    job: true,
    swarm: same({ [`${CONTAINER}.Command`]: "" }),
    compose: { entrypoint: "", "entrypoint.*": "*" },
  },
  environment: {
    schema: environment,
    fields: { envs: replaces },
    inputs: (variables) => ({ envs: environmentInputs(variables) }),
    job: true,
    swarm: same({ [`${CONTAINER}.Env`]: "" }),
    compose: { environment: "", "environment.*": "*" },
  },
  files: {
    schema: files,
    fields: { uploads: replaces },
    inputs: (_, args) => uploads(args),
    job: true,
    swarm: own({ [`${CONTAINER}.Configs`]: "" }),
    compose: { configs: "" },
  },
  secrets: {
    schema: secrets,
    fields: { uploads: replaces },
    inputs: (_, args) => uploads(args),
    job: true,
    swarm: own({ [`${CONTAINER}.Secrets`]: "" }),
    compose: { secrets: "" },
  },
  user: {
    schema: input(
      text('a user such as "app" or "1000:1000"', (value) =>
        /^[a-zA-Z0-9_.-]+(:[a-zA-Z0-9_.-]+)?$/.test(value),
      ),
    ),
    fields: { user: replacesUnseen },
    job: true,
    swarm: same({ [`${CONTAINER}.User`]: "" }),
    compose: { user: "" },
  },
  groups: {
    schema: listOf(text('a group such as "audio" or "1000"', (value) => /^[a-zA-Z0-9_.-]+$/.test(value))),
    fields: { groupAdds: replaces },
    job: true,
    swarm: notOnASwarm("does not support additional groups for tasks"),
    compose: { group_add: "", "group_add.*": "*" },
  },
  workingDirectory: {
    schema: containerPath,
    fields: { workingDir: replacesUnseen },
    job: true,
    swarm: same({ [`${CONTAINER}.Dir`]: "" }),
    compose: { working_dir: "" },
  },
  tty: {
    schema: flag,
    default: false,
    fields: { tty: replaces },
    inputs: (on) => (on ? { tty: true } : {}),
    job: true,
    swarm: notOnASwarm("does not support a terminal for tasks"),
    compose: { tty: "" },
  },
  stdinOpen: {
    schema: flag,
    default: false,
    fields: { stdinOpen: replaces },
    inputs: (on) => (on ? { stdinOpen: true } : {}),
    job: true,
    swarm: notOnASwarm("does not support standard input for tasks"),
    compose: { stdin_open: "" },
  },
  init: {
    schema: flag,
    default: true,
    fields: { init: ignored },
    job: true,
    swarm: same({ [`${CONTAINER}.Init`]: "" }),
    compose: { init: "" },
  },
  stopSignal: {
    schema: text('a signal such as "SIGTERM"', (value) => /^SIG[A-Z0-9+-]+$/.test(value)),
    fields: { stopSignal: replacesUnseen },
    job: true,
    swarm: same({ [`${CONTAINER}.StopSignal`]: "" }),
    compose: { stop_signal: "" },
  },
  stopGraceSeconds: {
    schema: wholeNumber(1, 3600),
    default: STOP_GRACE_SECONDS,
    // Both are needed: otherwise the provider kills the process at once.
    fields: { stopTimeout: replaces, destroyGraceSeconds: { change: "recorded", echoes: "stopTimeout" } },
    inputs: (seconds) => ({ stopTimeout: seconds, destroyGraceSeconds: seconds }),
    job: true,
    swarm: same({ [`${CONTAINER}.StopGracePeriod`]: "" }),
    compose: { stop_grace_period: "" },
  },
} satisfies Arguments<
  | "command"
  | "entrypoint"
  | "environment"
  | "files"
  | "groups"
  | "image"
  | "init"
  | "secrets"
  | "stdinOpen"
  | "stopGraceSeconds"
  | "stopSignal"
  | "tty"
  | "user"
  | "workingDirectory"
>;
