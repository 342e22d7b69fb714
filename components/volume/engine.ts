import type Docker from "dockerode";

import { ownerOf } from "../deployment/look/host-view";
import type { LiveVolume } from "./live";

/** The containers that mount each of these volumes, and its size; missing volumes are omitted. Nothing is changed. */
export async function volumeUse(engine: Docker, names: readonly string[]): Promise<LiveVolume[]> {
  // Measuring is slow; most names of new volumes are free.
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

/** The size of a volume; undefined if the Engine does not know it. */
export async function bytesIn(engine: Docker, name: string): Promise<number | undefined> {
  const { Volumes } = (await engine.df()) as Usage;
  const size = Volumes?.find(({ Name }) => Name === name)?.UsageData?.Size ?? -1;
  return size < 0 ? undefined : size;
}

/** The relevant part of `docker system df`. */
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
