/** Writes Docker's default capabilities by their constant name. */

import { ordinaryCapabilities } from "../../container/security/capability";
import type { PlannedService } from "../host/service";
import { Code } from "./source";

export type Rights = Pick<PlannedService["args"], "capabilities" | "unsafe">;

/** @param imports the program's imports from dockwright; the name is added if it is used */
export function namedRights({ capabilities, unsafe }: Rights, imports: Set<string>): object {
  const missing = ordinaryCapabilities.filter((each) => capabilities?.includes(each) !== true);
  if (capabilities === undefined || missing.length > 0) return { capabilities, unsafe };
  imports.add("ordinaryCapabilities");
  const more = capabilities.filter((each) => !(ordinaryCapabilities as readonly string[]).includes(each));
  return {
    capabilities:
      more.length === 0 ? new Code("ordinaryCapabilities") : [new Code("...ordinaryCapabilities"), ...more],
    unsafe,
  };
}
