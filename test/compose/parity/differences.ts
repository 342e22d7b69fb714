/**
 * Where a ComposeProject differs from `docker compose up` of the same file on the same host: each with its reason. What is
 * not here is equal. docs/compose.md holds the same list.
 */

import type { Kind } from "./essentials";

/** In the place of a value that one of the two does not have. */
export const ABSENT = "absent";

export interface Known {
  readonly of: Kind;
  /** Where `docker inspect` shows it; a star stands for anything, here and in the values. Empty: the object itself. */
  readonly path: string;
  readonly compose: string;
  readonly dockwright: string;
  readonly why: string;
}

const known =
  (of: Kind) =>
  (path: string, compose: string, dockwright: string, why: string): Known => ({
    of,
    path,
    compose,
    dockwright,
    why,
  });
const container = known("container");
const network = known("network");
const volume = known("volume");

const OWNER = "identifies the stack, so that objects of others are not changed";
const CHANGES = "detects changes; here Pulumi's state does that";
const BY_COMPOSE = "names the version of Compose, which is not used here";
const MACHINE = "is a path of the machine that ran the command; a program may be moved and change nothing";
const UPLOADED = "a secret of a file is written into the container, which also works on a remote host";
const NAMED = "a volume without a name gets one, so that its data survives a replacement";
const TMPFS = "the same mount, given to Docker in another way";

export const differences: readonly Known[] = [
  container("Config.Labels.io.dockwright.*", ABSENT, "*", OWNER),
  container("Config.Labels.com.docker.compose.config-hash", "*", "dockwright", CHANGES),
  container("Config.Labels.com.docker.compose.version", "*", ABSENT, BY_COMPOSE),
  container("Config.Labels.com.docker.compose.image", "*", ABSENT, "is shown as `Image`, which is equal"),
  container("Config.Labels.com.docker.compose.depends_on", "*", ABSENT, "is an order that Pulumi keeps"),
  container("Config.Labels.com.docker.compose.project.config_files", "*", ABSENT, MACHINE),
  container("Config.Labels.com.docker.compose.project.working_dir", "*", ABSENT, MACHINE),
  container(
    "Config.Image",
    "*",
    "*:*",
    "names the build by its content, or the image by its id: a tag may move; `Image`, what it is, is equal",
  ),
  container("Config.AttachStd*", "true", "false", "is about the terminal of the command"),
  container("Config.StopTimeout", ABSENT, "10", "is what Docker Compose waits as well"),
  container("HostConfig.PidsLimit", ABSENT, "4096", "a fork bomb cannot take down the host"),
  container("HostConfig.Init", ABSENT, "false", "is Docker's default, written out"),
  container("HostConfig.RestartPolicy.Name", ABSENT, "no", "is Docker's default, written out"),
  container(
    "HostConfig.SecurityOpt.no-new-privileges:false",
    ABSENT,
    "there",
    "is Docker's default, written out",
  ),
  container("HostConfig.LogConfig.Config.max-file", ABSENT, "3", "logs cannot fill the disk"),
  container("HostConfig.LogConfig.Config.max-size", ABSENT, "10m", "logs cannot fill the disk"),
  container(
    "Config.Healthcheck.Test",
    ABSENT,
    '["NONE"]',
    "is disabled for a service that runs to completion",
  ),
  container("HostConfig.MemorySwap", "*", "*", "a memory limit does not allow additional swap"),
  container(
    "HostConfig.NetworkMode",
    "*",
    "bridge",
    "is where it was made; before its start it leaves that network for those of the file, which are equal",
  ),
  container(
    "NetworkSettings.Networks.*.Aliases.*",
    "there",
    ABSENT,
    "is the container's name, which Docker resolves without an alias",
  ),
  container("HostConfig.PortBindings.*", '*"HostPort":""*', '*"HostPort":"0"*', "both draw a free port"),
  container("HostConfig.Mounts./run/secrets/*", "*", ABSENT, UPLOADED),
  container("Mounts./run/secrets/*", "*", ABSENT, UPLOADED),
  container("HostConfig.Mounts./scratch.*", "*", ABSENT, TMPFS),
  container("HostConfig.Tmpfs.*", "*", "*", `${TMPFS}, with Docker's default mode written out`),
  container("Mounts./scratch.*", "*", ABSENT, TMPFS),
  container("*/anonymous*", "*", "*", NAMED),
  network("Labels.io.dockwright.*", ABSENT, "*", OWNER),
  network("Labels.com.docker.compose.config-hash", "*", ABSENT, CHANGES),
  network("Labels.com.docker.compose.version", "*", ABSENT, BY_COMPOSE),
  volume("Labels.io.dockwright.*", ABSENT, "*", OWNER),
  volume("Labels.com.docker.compose.config-hash", "*", ABSENT, CHANGES),
  volume("Labels.com.docker.compose.version", "*", ABSENT, BY_COMPOSE),
  volume("", ABSENT, "there", NAMED),
];

/** The section of docs/compose.md. */
export function differencesSection(): string {
  const code = (text: string): string => (text === ABSENT ? text : `\`${text.replaceAll("|", "\\|")}\``);
  const rows = differences.map(
    ({ of, path, compose, dockwright, why }) =>
      `| ${of} | ${path === "" ? "itself" : code(path)} | ${code(compose)} | ${code(dockwright)} | ${why} |`,
  );
  return [
    "## What differs from docker compose up",
    "",
    "A test runs each file of `test/compose/samples` with `docker compose up` and as a `ComposeProject`, on one host and from the same",
    "images, and compares `docker inspect` of every container, network and volume. Apart from ids, times and the addresses and ports",
    "that Docker assigns, these are all differences; `*` means any value. Capabilities are compared by the resulting set, because a",
    "`ComposeProject` writes them out. The table is generated from `test/compose/parity/differences.ts`.",
    "",
    "| of | what | docker compose up | here | why |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
