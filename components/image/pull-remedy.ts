/** What to do where an image cannot be pulled. */

import { parseImageReference } from "./reference";

/** @param why what the Engine or the registry said */
export function pullRemedy(reference: string, why: string): string {
  const login = loginRemedy(reference, why);
  return login === undefined
    ? checkOf(reference)
    : `${login}, or give the Image a registry: new Registry("...", { address, username, password }); ${checkOf(reference)}`;
}

/** The same for the base image of a build, which has the logins of the `docker` command. */
export function baseRemedy(reference: string, why: string): string {
  const login = loginRemedy(reference, why);
  return login === undefined ? checkOf(reference) : `${login}; ${checkOf(reference)}`;
}

const checkOf = (reference: string): string =>
  `check that docker pull ${reference} succeeds (check the name, and whether the registry requires a login)`;

function loginRemedy(reference: string, why: string): string | undefined {
  if (!/unauthorized|no basic auth|denied|authentication required|gave no login/i.test(why)) return undefined;
  const { registry = "" } = parseImageReference(reference);
  return `docker login ${registry}`.trim();
}
