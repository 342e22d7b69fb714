import type Docker from "dockerode";

import { isMissing, unlessGone } from "../../engine/errors";
import { dockerLogin } from "../../registry/engine";
import { parseImageReference } from "../reference";
import { pullImage } from "./pull";

/** The tag of previous builds, to distinguish them from the current one. */
const KEPT = "kept-";

/**
 * Whether a build exists on the host. A kept build gets its tag back, so that a rollback builds nothing.
 *
 * @param repository such as `shop-dev/web`
 * @param tag the content hash
 */
export async function hasBuild(engine: Docker, repository: string, tag: string): Promise<boolean> {
  const names = (await buildsOf(engine, repository)).flatMap(({ tags }) => tags);
  if (names.includes(tag)) return true;
  if (!names.includes(`${KEPT}${tag}`)) return false;
  await engine.getImage(`${repository}:${KEPT}${tag}`).tag({ repo: repository, tag });
  return true;
}

/** The same for a preview, without changes. */
export async function haveBuild(engine: Docker, repository: string, tag: string): Promise<boolean> {
  const names = (await buildsOf(engine, repository)).flatMap(({ tags }) => tags);
  return names.includes(tag) || names.includes(`${KEPT}${tag}`);
}

/** Whether a build has its tag; nothing is changed. */
export async function isNamed(engine: Docker, repository: string, tag: string): Promise<boolean> {
  return (await buildsOf(engine, repository)).some(({ tags }) => tags.includes(tag));
}

/** Restores the manually removed tag of a build. False if the build itself is missing. */
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

/** Gives an image further names, also those that another image has. */
export async function nameAlso(engine: Docker, reference: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { registry, repository, tag = "latest" } = parseImageReference(name);
    const repo = registry === undefined ? repository : `${registry}/${repository}`;
    await engine.getImage(reference).tag({ repo, tag });
  }
}

/** Keeps the last builds for a rollback and removes older ones, except those in use. */
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

/** Removes all unused builds of an image and returns their names. */
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

/** Pulls a removed image again, if possible by digest. Returns its id. */
export async function pullAgain(engine: Docker, reference: string, digest: string): Promise<string> {
  const exact = digest === "" ? reference : digest;
  await pullImage(engine, exact);
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
      // Not those of other repositories with the same image.
      tags: (RepoTags ?? [])
        .filter((name) => name.startsWith(`${repository}:`))
        .map((name) => name.slice(repository.length + 1)),
    }))
    .sort((a, b) => b.created - a.created);
}

async function drop(engine: Docker, tags: readonly string[], repository: string): Promise<void> {
  for (const tag of tags) {
    await unlessGone(engine.getImage(`${repository}:${tag}`).remove());
  }
}

/**
 * Why an image is neither on the host nor can be pulled; undefined if it can, or if only a pull can decide:
 * a registry with a login reports missing images in the same way.
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
    const { login } = await dockerLogin(reference);
    await image.distribution(login && { authconfig: login });
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
