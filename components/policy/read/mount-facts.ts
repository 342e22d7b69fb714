import type { ReadMount } from "../../provider/parts";
import type { MountFacts } from "../subject";

/** A name that is not known yet is a name, and nobody else's. */
export function mountFacts(service: string, mount: ReadMount): MountFacts {
  return { ...mount, source: mount.source ?? `${service}:${mount.path}` };
}
