import {
  type Capability,
  isCapability,
  isPowerful,
  ordinaryCapabilities,
} from "../../../container/security/capability";
import { riskOfPath } from "../../../container/security/host-path";
import {
  forbidsNewPrivileges,
  isUnconfined,
  type SecurityArgs,
  type UnsafeArgs,
} from "../../../container/security/security";
import type { Service } from "../../model/model";
import type { PlannedMount } from "./mounts";

const REASON = "as the Compose file says";
const DEFAULT = "as Docker Compose has it by default";

/** Compose uses Docker's defaults: the default capabilities, and processes that can gain privileges. */
export function securityArgs(service: Service, mounts: readonly PlannedMount[]): SecurityArgs {
  const { privileged = false, security_opt: options = [], devices = [], network_mode: mode } = service;
  const capabilities = capabilitiesOf(service);
  const forbidsMore = options.some(forbidsNewPrivileges);
  const others = options.filter((each) => !each.startsWith("no-new-privileges"));
  const unsafe: UnsafeArgs = {
    ...(forbidsMore ? {} : { newPrivileges: DEFAULT }),
    ...(privileged && { privileged: REASON }),
    ...(!privileged && capabilities.some(isPowerful) && { capabilities: REASON }),
    ...(mode === "host" && { hostNetwork: REASON }),
    ...(service.pid === "host" && { hostPid: REASON }),
    ...(service.ipc === "host" && { hostIpc: REASON }),
    ...(devices.length > 0 && { devices: REASON }),
    ...(others.some(isUnconfined) && { unconfined: REASON }),
    ...Object.fromEntries(
      mounts.flatMap((each) => {
        const risk = "bind" in each ? riskOfPath(each.bind) : undefined;
        return risk === undefined ? [] : [[risk, REASON] as const];
      }),
    ),
  };
  return {
    ...(!privileged && capabilities.length > 0 && { capabilities }),
    ...(others.length > 0 && { securityOptions: others }),
    ...(service.runtime !== undefined && { runtime: service.runtime }),
    ...(service.read_only === true && { readOnlyRoot: true }),
    ...(devices.length > 0 && {
      devices: Object.fromEntries(devices.map(({ source = "", target = source }) => [source, target])),
    }),
    ...(Object.keys(unsafe).length > 0 && { unsafe }),
  };
}

function capabilitiesOf({ cap_add: add = [], cap_drop: drop = [] }: Service): Capability[] {
  const word = (each: string): string => each.toUpperCase().replace(/^CAP_/, "");
  const [added, dropped] = [add.map(word), drop.map(word)];
  if (added.includes("ALL") && dropped.length === 0) return ["ALL"];
  const usual = dropped.includes("ALL") ? [] : ordinaryCapabilities.filter((each) => !dropped.includes(each));
  return [...new Set([...usual, ...added])].filter(isCapability).sort();
}
