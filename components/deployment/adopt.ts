import type { Owner } from "../core/names";

/** In the environment of an `up`: `all` takes over whatever stands in the way; `dockwright up --adopt` sets it. */
export const ADOPT_VARIABLE = "DOCKWRIGHT_ADOPT";

/**
 * The owner, with whether its objects take over those of the same name that this stack did not create. The component says so,
 * else its Compose project, else the command for the whole run.
 */
export function adopting(owner: Owner, adopt: boolean | undefined): Owner {
  if (adopt === true || adoptsAll()) return { ...owner, adopts: true };
  // Within a Compose project that adopts, a single component may decline.
  return adopt === false && owner.adopts === true ? { ...owner, adopts: false } : owner;
}

/** True where the whole run adopts. */
function adoptsAll(): boolean {
  // A choice of whoever runs the command, and not of the program: no argument can carry it.
  // eslint-disable-next-line no-restricted-properties -- see above
  return process.env[ADOPT_VARIABLE] === "all";
}
