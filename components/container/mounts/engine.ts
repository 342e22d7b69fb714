import type Docker from "dockerode";

import { isMissing } from "../health/engine";

/** The paths that an image declares as VOLUME, its bases included; undefined where the host does not have it. */
export async function declaredVolumes(engine: Docker, image: string): Promise<string[] | undefined> {
  try {
    const { Config } = await engine.getImage(image).inspect();
    // The Engine leaves it out, or gives null, where there are none.
    return Object.keys((Config as { readonly Volumes?: object | null }).Volumes ?? {});
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A copy of what one container has at a path into a volume, done by the Engine alone. */
export interface Copy {
  /** The container that has the data, stopped. */
  readonly from: string;
  readonly path: string;
  readonly to: string;
  /** Any image that the host has: nothing of it runs. */
  readonly image: string;
}

/** Copies, with owners and permissions. False where the volume holds something already: nothing is mixed. */
export async function copyInto(engine: Docker, { from, path, to, image }: Copy): Promise<boolean> {
  const helper = await engine.createContainer({
    Image: image,
    Entrypoint: ["/"],
    Labels: { "io.dockwright.kind": "copy" },
    HostConfig: {
      NetworkMode: "none",
      Mounts: [{ Type: "volume", Source: to, Target: path, VolumeOptions: { NoCopy: true } } as never],
    },
  });
  try {
    if (!(await isEmpty(await helper.getArchive({ path: `${path}/.` })))) return false;
    const data = await engine.getContainer(from).getArchive({ path: `${path}/.` });
    await helper.putArchive(data, { path });
    return true;
  } finally {
    await helper.remove({ force: true });
  }
}

/** An archive of a folder that holds nothing has one entry, of one block; then blocks of zeros. */
async function isEmpty(archive: NodeJS.ReadableStream): Promise<boolean> {
  const BLOCK = 512;
  let bytes = Buffer.alloc(0);
  for await (const chunk of archive) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    if (bytes.length >= 2 * BLOCK) break;
  }
  return bytes.subarray(BLOCK, 2 * BLOCK).every((byte) => byte === 0);
}
