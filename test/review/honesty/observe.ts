/** Asks the Engine, and writes a line into each new volume. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type Docker from "dockerode";

import type { ContainerView, View } from "./view";

const NAME = "io.dockwright.name";
const MARKER = "written-by-the-harness";

export async function observe(docker: Docker, scope: string): Promise<View> {
  const [listed, networks, { Volumes: volumes }, images] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages(),
  ]);
  const own = listed.filter(({ Labels }) => Labels[NAME] !== undefined);
  const details = await Promise.all(own.map(({ Id }) => docker.getContainer(Id).inspect()));
  const named = details.map((detail) => [detail.Config.Labels[NAME] ?? "", detail] as const);
  const twice = named.filter(([name], index) => named.findIndex(([other]) => other === name) !== index);
  const tags = images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag.startsWith(`${scope}/`));
  return {
    containers: Object.fromEntries(named.map(([name, detail]) => [name, containerView(detail)])),
    networks: Object.fromEntries(
      networks.flatMap(({ Labels, Id, Internal }) => {
        const name = (Labels as Record<string, string> | null | undefined)?.[NAME];
        return name === undefined ? [] : [[name, { id: Id, internal: Internal }]];
      }),
    ),
    volumes: Object.fromEntries(
      await Promise.all(
        volumes
          .filter(({ Name }) => Name.startsWith(`${scope}-`))
          .map(async (each) => [each.Name.slice(scope.length + 1), await identity(docker, each)] as const),
      ),
    ),
    images: Object.fromEntries(
      [...new Set(tags.map((tag) => tag.slice(scope.length + 1).split(":")[0] ?? ""))].map((image) => [
        image,
        tags.filter((tag) => tag.startsWith(`${scope}/${image}:`)).sort(),
      ]),
    ),
    odd: twice.map(([name, { Name }]) => `${name} is there twice: ${Name}`),
  };
}

/** For Docker a volume was made when something in it was last added. */
async function identity(docker: Docker, { Name, Mountpoint }: Docker.VolumeInspectInfo): Promise<string> {
  const file = join(Mountpoint, MARKER);
  if (!existsSync(file)) writeFileSync(file, `${Name} ${String(Date.now())} ${String(Math.random())}`);
  const { CreatedAt } = (await docker.getVolume(Name).inspect()) as { CreatedAt?: string };
  return `${CreatedAt ?? ""} ${readFileSync(file, "utf8")}`;
}

function containerView(detail: Docker.ContainerInspectInfo): ContainerView {
  const { Id, State, Config, HostConfig, Mounts, NetworkSettings } = detail;
  const bindings =
    (HostConfig.PortBindings as Record<string, { HostIp: string; HostPort: string }[]> | null) ?? {};
  const labels = Object.entries(Config.Labels).filter(
    ([label]) => !/^io\.dockwright\.generation/.test(label),
  );
  return {
    id: Id,
    startedAt: State.StartedAt,
    service: Config.Labels["com.docker.compose.service"] ?? "",
    isJob: Config.Labels["io.dockwright.kind"] === "job",
    running: State.Running,
    exitCode: State.ExitCode,
    told: JSON.stringify([
      {
        ...Config,
        Labels: Object.fromEntries(labels.sort()),
        Hostname: Config.Hostname === Id.slice(0, 12) ? "" : Config.Hostname,
      },
      HostConfig,
      Object.keys(NetworkSettings.Networks).sort(),
    ]),
    powers: powersOf(detail),
    open: Object.entries(bindings)
      .flatMap(([port, places]) =>
        places.map(({ HostIp, HostPort }) => `${HostIp || "0.0.0.0"}:${HostPort} ${port}`),
      )
      .filter((place) => !place.startsWith("127.")),
    written: writtenIn(State.Pid),
    volumes: Object.fromEntries(
      Mounts.flatMap(({ Name, Destination }) => (Name === undefined ? [] : [[Destination, Name]])),
    ),
  };
}

/** As its first process sees it; the Engine shows no secret. */
function writtenIn(pid: number): string | undefined {
  const files = ["run/secrets/token", "etc/note"].map((file) => `/proc/${String(pid)}/root/${file}`);
  return pid === 0 || !existsSync(files[0] ?? "")
    ? undefined
    : files.map((file) => (existsSync(file) ? readFileSync(file, "utf8") : "")).join("\n");
}

interface Powers {
  readonly Privileged: boolean;
  readonly CapAdd: readonly string[] | null;
  readonly CapDrop: readonly string[] | null;
  readonly Devices: readonly { readonly PathOnHost: string }[] | null;
  readonly SecurityOpt: readonly string[] | null;
  readonly ReadonlyRootfs: boolean;
}

/** Judged by Docker's own words, not by the inputs that a review reads. */
function powersOf({ Config, HostConfig, Mounts }: Docker.ContainerInspectInfo): string[] {
  const host = HostConfig as unknown as Powers;
  const dropped = host.CapDrop?.includes("ALL") === true;
  const quiet = host.SecurityOpt?.some((each) => /^no-new-privileges(:true)?$/.test(each)) === true;
  return [
    ...(host.Privileged ? ["privileged"] : []),
    ...(host.CapAdd ?? []).map((each) => `capability ${each.replace(/^CAP_/, "")}`),
    ...Mounts.filter(({ Type }) => Type === "bind").map(({ Source }) => `the path ${Source}`),
    ...(host.Devices ?? []).map(({ PathOnHost }) => `device ${PathOnHost}`),
    ...(host.SecurityOpt ?? []).filter((each) => each.includes("unconfined")),
    ...(dropped ? [] : ["Docker's capabilities"]),
    ...(quiet ? [] : ["new privileges"]),
    ...(host.ReadonlyRootfs ? [] : ["its root file system"]),
    ...(/^(root|0)(:|$)/.test(Config.User) ? ["root by name"] : []),
  ];
}
