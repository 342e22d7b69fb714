import type Docker from "dockerode";

import { isMissing } from "../../container/health/engine";

/** Former builds go by such a tag, so that people can tell them from the one in use. */
const KEPT = "kept-";

/**
 * Whether the host has a build already. One that was kept gets its name back, so that a roll-back builds nothing.
 *
 * @param repository such as `shop-dev/web`
 * @param tag the hash that names the build
 */
export async function hasBuild(engine: Docker, repository: string, tag: string): Promise<boolean> {
  const names = (await buildsOf(engine, repository)).flatMap(({ tags }) => tags);
  if (names.includes(tag)) return true;
  if (!names.includes(`${KEPT}${tag}`)) return false;
  await engine.getImage(`${repository}:${KEPT}${tag}`).tag({ repo: repository, tag });
  return true;
}

/** The same in a preview: nothing is changed. */
export async function haveBuild(engine: Docker, repository: string, tag: string): Promise<boolean> {
  const names = (await buildsOf(engine, repository)).flatMap(({ tags }) => tags);
  return names.includes(tag) || names.includes(`${KEPT}${tag}`);
}

/** Whether a build has its name; nothing is changed. */
export async function isNamed(engine: Docker, repository: string, tag: string): Promise<boolean> {
  return (await buildsOf(engine, repository)).some(({ tags }) => tags.includes(tag));
}

/** Gives a build its name back that was taken from it by hand. False where the build itself is gone. */
export async function nameAgain(
  engine: Docker,
  repository: string,
  tag: string,
  imageId: string,
): Promise<boolean> {
  if (await isNamed(engine, repository, tag)) return true;
  try {
    await engine.getImage(imageId).tag({ repo: repository, tag });
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Keeps the last former builds for a roll-back and lets older ones go, but none that a container uses. */
export async function keepBuilds(
  engine: Docker,
  repository: string,
  current: string,
  count: number,
): Promise<void> {
  const builds = await buildsOf(engine, repository);
  for (const { tags } of builds.filter((each) => each.tags.includes(current)))
    await drop(engine, tags.filter(isKept), repository);
  const former = builds.filter(({ tags }) => !tags.includes(current));
  for (const [index, { tags }] of former.entries()) {
    const names = tags.filter((each) => !isKept(each));
    const [tag] = names;
    const stays = index < count;
    if (tag !== undefined && stays)
      await engine.getImage(`${repository}:${tag}`).tag({ repo: repository, tag: `${KEPT}${tag}` });
    await drop(engine, stays ? names : tags, repository);
  }
}

/** Removes all builds of an image that no container uses; answers their names. */
export async function removeBuilds(engine: Docker, repository: string): Promise<string[]> {
  const before = await namesOf(engine, repository);
  await drop(engine, before, repository);
  const after = await namesOf(engine, repository);
  return before.filter((tag) => !after.includes(tag)).map((tag) => `${repository}:${tag}`);
}

async function namesOf(engine: Docker, repository: string): Promise<string[]> {
  return (await buildsOf(engine, repository)).flatMap(({ tags }) => tags);
}

const isKept = (tag: string): boolean => tag.startsWith(KEPT);

/** Whether the host has an image, by id or by name. */
export async function hasImage(engine: Docker, image: string): Promise<boolean> {
  return (await idOfImage(engine, image)) !== undefined;
}

async function idOfImage(engine: Docker, image: string): Promise<string | undefined> {
  try {
    return (await engine.getImage(image).inspect()).Id;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Pulls an image that the host had, where possible exactly the same one. Answers its id. */
export async function pullAgain(engine: Docker, reference: string, digest: string): Promise<string> {
  const exact = digest === "" ? reference : digest;
  const stream = await engine.pull(exact);
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
  const id = await idOfImage(engine, exact);
  if (id === undefined) throw new Error(`${exact} was pulled, and is not on the host`);
  if (exact !== reference && !reference.includes("@")) {
    const at = reference.lastIndexOf(":");
    const named = at > reference.lastIndexOf("/");
    await engine.getImage(id).tag({
      repo: named ? reference.slice(0, at) : reference,
      tag: named ? reference.slice(at + 1) : "latest",
    });
  }
  return id;
}

/** The builds of one image, newest first. */
async function buildsOf(
  engine: Docker,
  repository: string,
): Promise<{ readonly created: number; readonly tags: string[] }[]> {
  const listed = await engine.listImages({ filters: { reference: [repository] } });
  return listed
    .map(({ Created, RepoTags }) => ({
      created: Created,
      // None of other repositories that happen to have the same image.
      tags: (RepoTags ?? [])
        .filter((name) => name.startsWith(`${repository}:`))
        .map((name) => name.slice(repository.length + 1)),
    }))
    .sort((a, b) => b.created - a.created);
}

async function drop(engine: Docker, tags: readonly string[], repository: string): Promise<void> {
  for (const tag of tags) {
    try {
      await engine.getImage(`${repository}:${tag}`).remove();
    } catch (error) {
      // 409: a container uses it.
      if (!isMissing(error) && (error as { statusCode?: number }).statusCode !== 409) throw error;
    }
  }
}

/**
 * Why an image can neither be found on the host nor pulled; undefined where it can, or where only an attempt would tell:
 * a registry that asks for a login says the same of what does not exist.
 */
export async function whyNotToBeHad(engine: Docker, reference: string): Promise<string | undefined> {
  const image = engine.getImage(reference);
  try {
    await image.inspect();
    return undefined;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    await image.distribution();
    return undefined;
  } catch (error) {
    const { statusCode, json, message } = error as {
      statusCode?: number;
      json?: { message?: string };
      message: string;
    };
    const said = json?.message ?? message;
    return statusCode === 401 || statusCode === 403 || /unauthorized|denied/i.test(said) ? undefined : said;
  }
}
