import type Docker from "dockerode";

import { ownerOf } from "../deployment/look/host-view";
import type { LiveVolume } from "./live";

/** Who mounts each of these volumes, and how much is in it; one that is not there is left out. Nothing is changed. */
export async function volumeUse(engine: Docker, names: readonly string[]): Promise<LiveVolume[]> {
  // To measure takes long; most names of new volumes are free.
  const { Volumes: all } = await engine.listVolumes();
  if (!all.some(({ Name }) => names.includes(Name))) return [];
  const [{ Volumes }, containers] = (await Promise.all([
    engine.df(),
    engine.listContainers({ all: true, filters: { volume: [...names] } }),
  ])) as [Usage, Docker.ContainerInfo[]];
  return names.flatMap((name) => {
    const volume = (Volumes ?? []).find(({ Name }) => Name === name);
    if (volume === undefined) return [];
    const size = volume.UsageData?.Size ?? -1;
    const mountedBy = containers
      .filter(({ Mounts }) => Mounts.some(({ Name }) => Name === name))
      .map(({ Names, Id }) => (Names[0] ?? Id).replace(/^\//, ""))
      .sort();
    const { CreatedAt: createdAt, Labels: labels } = volume;
    return [
      {
        name,
        bytes: size < 0 ? undefined : size,
        mountedBy,
        maker: ownerOf(labels ?? {}),
        ...(createdAt !== undefined && { createdAt }),
      },
    ];
  });
}

/** How much is in a volume; undefined where the Engine does not know. */
export async function bytesIn(engine: Docker, name: string): Promise<number | undefined> {
  const { Volumes } = (await engine.df()) as Usage;
  const size = Volumes?.find(({ Name }) => Name === name)?.UsageData?.Size ?? -1;
  return size < 0 ? undefined : size;
}

/** The part of `docker system df` that is read. */
interface Usage {
  readonly Volumes:
    | readonly {
        Name: string;
        CreatedAt?: string;
        Labels: Readonly<Record<string, string>> | null;
        UsageData: { Size: number } | null;
      }[]
    | null;
}
