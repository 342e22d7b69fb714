import type Docker from "dockerode";

/** Digests as a registry knows them, `sha256:...`. */
export interface MovedTag {
  /** Of the image that the host has by the tag. */
  readonly from: string;
  /** Of the image that the registry has by it now. */
  readonly to: string;
}

/** A registry far away must not keep a preview waiting for longer. */
const PATIENCE_MILLISECONDS = 3000;

/**
 * Whether the tag of an image on the host means another one in its registry by now. Undefined where it does not, where
 * the image came from no registry or is pinned by its digest, and where nobody can tell.
 */
export async function movedTag(engine: Docker, reference: string): Promise<MovedTag | undefined> {
  if (reference.includes("@")) return undefined;
  const image = engine.getImage(reference);
  try {
    const { RepoDigests } = await image.inspect();
    const here = (RepoDigests as string[] | null)?.map((each) => each.slice(each.indexOf("@") + 1)) ?? [];
    const [from] = here;
    if (from === undefined) return undefined;
    const to = await digestInRegistry(engine, reference);
    return here.includes(to) ? undefined : { from, to };
  } catch {
    return undefined;
  }
}

/** As `Image.distribution` of dockerode, which cannot be given up. Source: Docker Engine API, "Get image information from the registry". */
async function digestInRegistry(engine: Docker, reference: string): Promise<string> {
  const options = {
    path: `/distribution/${reference}/json`,
    method: "GET",
    statusCodes: { 200: true },
    abortSignal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  };
  const modem = engine.modem as {
    dial(options: object, done: (error: Error | null, answer: Docker.ImageDistributionInfo) => void): void;
  };
  const { Descriptor } = await new Promise<Docker.ImageDistributionInfo>((resolve, reject) => {
    modem.dial(options, (error, answer) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
  return Descriptor.digest;
}
