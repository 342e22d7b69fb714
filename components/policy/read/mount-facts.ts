import type { ReadMount } from "../../provider/parts";
import type { MountFacts } from "../subject";

/** An unknown name still counts as a unique name. */
export function mountFacts(service: string, mount: ReadMount): MountFacts {
  return { ...mount, source: mount.source ?? `${service}:${mount.path}` };
}
