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
    secret: secretOf(State.Pid),
    volumes: Object.fromEntries(
      Mounts.flatMap(({ Name, Destination }) => (Name === undefined ? [] : [[Destination, Name]])),
    ),
  };
}

/** What its first process sees; the Engine shows no secret. */
function secretOf(pid: number): string | undefined {
  const file = `/proc/${String(pid)}/root/run/secrets/token`;
  return pid !== 0 && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Judged by Docker's own words, not by the inputs that a review reads. */
function powersOf({ Config, HostConfig }: Docker.ContainerInspectInfo): string[] {
  const { Privileged, CapAdd, CapDrop, Devices, SecurityOpt, ReadonlyRootfs } =
    HostConfig as Docker.HostConfig & {
      readonly ReadonlyRootfs?: boolean;
    };
  const dropped = ((CapDrop as string[] | null) ?? []).includes("ALL");
  const quiet = ((SecurityOpt as string[] | null) ?? []).some((each) =>
    /^no-new-privileges(:true)?$/.test(each),
  );
  return [
    ...(Privileged === true ? ["privileged"] : []),
    ...((CapAdd as string[] | null) ?? []).map((each) => `capability ${each.replace(/^CAP_/, "")}`),
    ...((Devices as { PathOnHost: string }[] | null) ?? []).map(({ PathOnHost }) => `device ${PathOnHost}`),
    ...(dropped ? [] : ["Docker's capabilities"]),
    ...(quiet ? [] : ["new privileges"]),
    ...(ReadonlyRootfs === true ? [] : ["its root file system"]),
    ...(/^(root|0)(:|$)/.test(Config.User) ? ["root by name"] : []),
  ];
}
