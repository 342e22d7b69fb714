import type Docker from "dockerode";

import { isMissing, statusOf } from "../../engine/errors";

/** The VOLUME paths of an image, including those of its base images; undefined if the image is not on the host. */
export async function declaredVolumes(engine: Docker, image: string): Promise<string[] | undefined> {
  try {
    const { Config } = await engine.getImage(image).inspect();
    // The Engine omits it, or returns null, if there are none.
    return Object.keys((Config as { readonly Volumes?: object | null }).Volumes ?? {});
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The id of no image: a container of it cannot be created. */
const NO_IMAGE = `sha256:${"0".repeat(64)}`;

/**
 * Whether the host has a path, as the Engine itself sees it: also on a remote host, and for a program that runs in a container.
 * The Engine refuses a bind mount of a missing path before it looks for the image, so that no container is created. Undefined
 * if its answer says neither.
 */
export async function hasPath(engine: Docker, path: string): Promise<boolean | undefined> {
  try {
    await engine.createContainer({
      Image: NO_IMAGE,
      HostConfig: { Mounts: [{ Type: "bind", Source: path, Target: "/path", ReadOnly: true }] },
    });
  } catch (error) {
    if (isMissing(error)) return true;
    const refusesPath = statusOf(error) === 400 && /bind source path does not exist/.test(String(error));
    return refusesPath ? false : undefined;
  }
  return undefined;
}

/** Copies a path of a container into a volume, with Engine calls only. */
export interface Copy {
  /** The stopped container with the data. */
  readonly from: string;
  readonly path: string;
  readonly to: string;
  /** Any image on the host: it is not started. */
  readonly image: string;
}

/** Copies with owners and permissions. False if the volume is not empty: nothing is merged. */
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

/** The archive of an empty folder has one entry of one block, followed by zero blocks. */
async function isEmpty(archive: NodeJS.ReadableStream): Promise<boolean> {
  const BLOCK = 512;
  let bytes = Buffer.alloc(0);
  for await (const chunk of archive) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    if (bytes.length >= 2 * BLOCK) break;
  }
  return bytes.subarray(BLOCK, 2 * BLOCK).every((byte) => byte === 0);
}
