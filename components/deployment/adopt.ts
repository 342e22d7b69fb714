import type { Owner } from "../core/names";

/** Environment variable of an `up`: `all` takes over all conflicting objects; `dockwright up --adopt` sets it. */
export const ADOPT_VARIABLE = "DOCKWRIGHT_ADOPT";

/**
 * The owner, and whether its objects take over unmanaged objects with the same name: set by the component,
 * otherwise by its Compose project, otherwise by the command.
 */
export function adopting(owner: Owner, adopt: boolean | undefined): Owner {
  if (adopt === true || adoptsAll()) return { ...owner, adopts: true };
  // Within a Compose project with adopt, a single component can opt out.
  return adopt === false && owner.adopts === true ? { ...owner, adopts: false } : owner;
}

/** True if the whole run adopts. */
function adoptsAll(): boolean {
  // A choice of the command, not of the program, so it is not an argument.
  // eslint-disable-next-line no-restricted-properties -- see above
  return process.env[ADOPT_VARIABLE] === "all";
}
