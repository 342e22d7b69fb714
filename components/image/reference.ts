/** The name of an image, by the rules of Docker's own reference parser. */

import { z } from "zod";

import { mustBe } from "../core/schema";
import { showValue, withoutPassword } from "../core/text/message";

/** The parts of `[registry/]repository[:tag][@digest]`, as written. */
export interface ImageReference {
  /** A host, with its port if given; `undefined` means Docker Hub. */
  readonly registry?: string;
  /** Without the registry: `debian`, `library/debian`, `team/app`. */
  readonly repository: string;
  /** `undefined` means `latest`, unless there is a digest. */
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits, or sha384, sha512. */
  readonly digest?: string;
}

const LONGEST_REPOSITORY = 255;
const HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const REGISTRY = new RegExp(`^(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/**
 * Parses the name of an image.
 *
 * @throws Error - `must ..., got "..."; remedy`, about the first part that Docker would refuse.
 */
export function parseImageReference(text: string): ImageReference {
  const fail = (bound: string, remedy: string): never => {
    throw new Error(`must ${bound}, got ${showValue(text)}; ${remedy}`);
  };
  const example = 'write for example "debian:bookworm-slim"';
  if (text === "") fail("name an image", example);
  if (withoutPassword(text) !== text) fail("not contain a login", "pass it to a Registry");
  if (text.trim() !== text) fail("have no blanks around it", `write ${JSON.stringify(text.trim())}`);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    fail("be a name without a scheme", "leave out everything up to //");
  if (/^[a-f0-9]{64}$/.test(text)) fail("be a name, not an image id", "give the image a tag and write that");

  const [name, digest] = cut(text, text.indexOf("@"));
  if (digest !== undefined && !DIGEST.test(digest)) {
    fail(
      "end in a digest of sha256 and 64 lower-case hexadecimal digits after the @",
      "copy the digest from the registry",
    );
  }
  const slash = name.lastIndexOf("/");
  const [path, tag] = cut(name, name.indexOf(":", slash + 1));
  if (tag !== undefined && !TAG.test(tag)) {
    fail(
      "have a tag of 1 to 128 letters, digits, _, . and - that begins with a letter, a digit or _",
      example,
    );
  }

  const [registry, repository] = splitRegistry(path);
  if (registry !== undefined && !REGISTRY.test(registry)) {
    fail(
      "begin with a registry of the form host[:port]",
      'write for example "registry.example.com:5000/team/app"',
    );
  }
  if (repository !== repository.toLowerCase()) {
    const lower = [registry, repository.toLowerCase()].filter((part) => part !== undefined).join("/");
    fail("have a repository in lower case", `write ${JSON.stringify(lower + text.slice(path.length))}`);
  }
  if (!repository.split("/").every((component) => COMPONENT.test(component))) {
    fail(
      "have a repository of lower-case letters and digits, separated by single ., _, __ or - and by /",
      example,
    );
  }
  const hubName = registry === undefined && !repository.includes("/") ? `library/${repository}` : repository;
  if (hubName.length > LONGEST_REPOSITORY) {
    fail(`have a repository of at most ${String(LONGEST_REPOSITORY)} characters`, "shorten it");
  }
  return {
    ...(registry !== undefined && { registry }),
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** One part of a repository's name, between two `/`. */
export function isRepositoryComponent(text: string): boolean {
  return COMPONENT.test(text);
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** The schema of an argument that names an image. */
export const imageReference = z
  .string({ error: (issue) => mustBe("the name of an image", issue.input) })
  .superRefine((text, context) => {
    try {
      parseImageReference(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message, input: text });
    }
  });

function cut(text: string, at: number): [string, string | undefined] {
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The first part is a registry if it cannot be part of a Docker Hub name. */
function splitRegistry(path: string): [string | undefined, string] {
  const [first, rest] = cut(path, path.indexOf("/"));
  const isRegistry =
    rest !== undefined && (first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase());
  return isRegistry ? [first, rest] : [undefined, path];
}
