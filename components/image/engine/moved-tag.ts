import type Docker from "dockerode";

import { dockerLogin } from "../../registry/engine";

/** Digests in a registry, `sha256:...`. */
export interface MovedTag {
  /** Of the image on the host with that tag. */
  readonly from: string;
  /** Of the image that the registry now has for it. */
  readonly to: string;
}

/** The time limit for a slow registry in a preview. */
const PATIENCE_MILLISECONDS = 3000;

/**
 * Whether the tag of an image on the host has moved in its registry. Undefined if it has not, if
 * the image is not from a registry or is pinned by digest, and if unknown.
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

/**
 * Like `Image.distribution` of dockerode, but with a time limit. Source: Docker Engine API, "Get image information from the
 * registry".
 */
async function digestInRegistry(engine: Docker, reference: string): Promise<string> {
  const { login } = await dockerLogin(reference);
  const options = {
    path: `/distribution/${reference}/json`,
    method: "GET",
    statusCodes: { 200: true },
    abortSignal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    authconfig: login,
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
