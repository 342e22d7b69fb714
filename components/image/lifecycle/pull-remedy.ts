/** What to do where an image cannot be pulled. */

import { parseImageReference } from "../reference";

/** @param why what the Engine or the registry said */
export function pullRemedy(reference: string, why: string): string {
  const check = `check that docker pull ${reference} succeeds (check the name, and whether the registry requires a login)`;
  if (!/unauthorized|no basic auth|denied|authentication required|gave no login/i.test(why)) return check;
  const { registry = "" } = parseImageReference(reference);
  return (
    `docker login ${registry}`.trim() +
    `, or give the Image a registry: new Registry("...", { address, username, password }); ${check}`
  );
}
