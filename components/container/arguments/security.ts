/** The arguments for privileges on the host. */

import { flag, text } from "../../core/schema";
import {
  capabilities,
  capabilitiesOf,
  deviceInputs,
  devices,
  type SecurityArgs,
  securityOptions,
  securityOptionsOf,
  unsafe,
} from "../security/security";
import { type Arguments, notOnASwarm, own, refused, replaces, replacesUnseen, same } from "./argument";

const CONTAINER = "TaskTemplate.ContainerSpec";

export const securityArguments = {
  capabilities: {
    schema: capabilities,
    default: [],
    fields: { capabilities: replaces },
    // A privileged container has all capabilities.
    inputs: (_, args) =>
      args.unsafe?.privileged === undefined ? { capabilities: capabilitiesOf(args) } : {},
    job: true,
    swarm: same({ [`${CONTAINER}.CapabilityAdd`]: "", [`${CONTAINER}.CapabilityDrop`]: "" }),
    compose: { cap_add: "", cap_drop: "" },
  },
  securityOptions: {
    schema: securityOptions,
    default: [],
    fields: { securityOpts: replaces },
    inputs: (_, args) => ({ securityOpts: securityOptionsOf(args) }),
    job: true,
    swarm: notOnASwarm("does not support security options"),
    compose: { security_opt: "", "security_opt.*": "*" },
  },
  runtime: {
    schema: text('the name of a runtime of the Engine, such as "runsc"', (value) => /^[\w.-]+$/.test(value)),
    fields: { runtime: replacesUnseen },
    job: true,
    swarm: refused("nothing: Swarm uses the setting of the daemon on each node (default-runtime)"),
    compose: { runtime: "" },
  },
  readOnlyRoot: {
    schema: flag,
    default: false,
    fields: { readOnly: replaces },
    inputs: (readOnly) => (readOnly ? { readOnly } : {}),
    job: true,
    swarm: same({ [`${CONTAINER}.ReadOnly`]: "" }),
    compose: { read_only: "" },
  },
  devices: {
    schema: devices,
    fields: { devices: replaces },
    inputs: (given) => deviceInputs(given),
    job: true,
    swarm: notOnASwarm("does not support devices for tasks"),
    compose: { devices: "" },
  },
  unsafe: {
    schema: unsafe,
    fields: {
      privileged: { ...replaces, member: "privileged" },
      pidMode: { ...replaces, member: "hostPid" },
      ipcMode: { ...replaces, member: "hostIpc" },
      securityOpts: { ...replaces, member: "newPrivileges" },
    },
    inputs: ({ privileged, hostPid, hostIpc }) => ({
      ...(privileged !== undefined && { privileged: true }),
      ...(hostPid !== undefined && { pidMode: "host" }),
      ...(hostIpc !== undefined && { ipcMode: "host" }),
    }),
    job: true,
    swarm: own(),
    compose: { privileged: "privileged" },
  },
} satisfies Arguments<keyof SecurityArgs>;
