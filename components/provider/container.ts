/** Reads a container from the inputs of `@pulumi/docker`. Unknown and masked values count as missing. */

import { type Bag, bagOf, listOf, mapOf, numberOf, textOf, textsOf } from "../core/untyped";
import { capabilityOf } from "../container/security/capability";
import { variableOf } from "../container/environment";
import { checkOf, labelsOf, mountOf, type ReadCheck, type ReadMount, type ReadPort } from "./parts";

/** Its networks, by name or id. */
export interface ReadAttachment {
  readonly network: string;
  readonly address: string | undefined;
}

export interface ReadContainer {
  readonly image: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly privileged: boolean;
  /** Without `CAP_`. */
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  readonly securityOptions: readonly string[];
  readonly networkMode: string | undefined;
  readonly attachments: readonly ReadAttachment[];
  readonly pid: string;
  readonly ipc: string;
  readonly userNamespace: string;
  /** Paths of the host. */
  readonly devices: readonly string[];
  readonly mounts: readonly ReadMount[];
  readonly ports: readonly ReadPort[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly user: string | undefined;
  readonly readOnlyRoot: boolean;
  readonly memoryMiB: number | undefined;
  readonly healthCheck: ReadCheck;
  /** The maximum time until it is healthy, in seconds; undefined without a health check in its inputs. */
  readonly healthyWithin: number | undefined;
  readonly restart: string;
  readonly logDriver: string | undefined;
  readonly logOptions: Readonly<Record<string, string>>;
  /** Seconds between the stop signal and SIGKILL. */
  readonly stopGraceSeconds: number | undefined;
  readonly isJob: boolean;
}

export function readContainer(inputs: Bag): ReadContainer {
  const capabilities = bagOf(inputs["capabilities"]);
  return {
    image: textOf(inputs["image"]),
    labels: labelsOf(inputs),
    privileged: inputs["privileged"] === true,
    addedCapabilities: textsOf(capabilities["adds"]).map(capabilityOf),
    droppedCapabilities: textsOf(capabilities["drops"]).map(capabilityOf),
    securityOptions: textsOf(inputs["securityOpts"]),
    networkMode: textOf(inputs["networkMode"]),
    attachments: listOf(inputs["networksAdvanced"]).map((each) => ({
      network: textOf(bagOf(each)["name"]) ?? "",
      address: textOf(bagOf(each)["ipv4Address"]) || undefined,
    })),
    pid: textOf(inputs["pidMode"]) ?? "",
    ipc: textOf(inputs["ipcMode"]) ?? "",
    userNamespace: textOf(inputs["usernsMode"]) ?? "",
    devices: listOf(inputs["devices"]).map((each) => textOf(bagOf(each)["hostPath"]) ?? ""),
    mounts: [
      ...listOf(inputs["volumes"]).map((each) => volumeOf(bagOf(each))),
      ...listOf(inputs["mounts"]).map((each) => mountOf(bagOf(each))),
    ],
    ports: listOf(inputs["ports"]).map((each) => portOf(bagOf(each))),
    environment: textsOf(inputs["envs"]).map(variableOf),
    user: textOf(inputs["user"]) || undefined,
    readOnlyRoot: inputs["readOnly"] === true,
    memoryMiB: numberOf(inputs["memory"]),
    healthCheck: checkOf(inputs["healthcheck"]),
    healthyWithin: healthyWithin(inputs["healthcheck"]),
    restart: textOf(inputs["restart"]) || "no",
    logDriver: textOf(inputs["logDriver"]) || undefined,
    logOptions: mapOf(inputs["logOpts"]),
    stopGraceSeconds: numberOf(inputs["destroyGraceSeconds"]),
    // A job is a container that does not have to keep running.
    isJob: inputs["mustRun"] === false || inputs["attach"] === true,
  };
}

function portOf(given: Bag): ReadPort {
  return {
    address: textOf(given["ip"]) ?? "",
    host: numberOf(given["external"]) || undefined,
    container: numberOf(given["internal"]) ?? 0,
    protocol: textOf(given["protocol"]) || "tcp",
  };
}

function volumeOf(given: Bag): ReadMount {
  const host = textOf(given["hostPath"]) || undefined;
  return {
    kind: host === undefined ? "volume" : "bind",
    source: host ?? textOf(given["volumeName"]) ?? ("volumeName" in given ? undefined : ""),
    path: textOf(given["containerPath"]) ?? "",
    readOnly: given["readOnly"] === true,
    propagation: "",
  };
}

function healthyWithin(check: unknown): number | undefined {
  if (checkOf(check) !== "given") return undefined;
  const { interval, timeout, startPeriod, retries } = bagOf(check);
  const again = seconds(textOf(interval)) + seconds(textOf(timeout));
  return Math.ceil(seconds(textOf(startPeriod)) + again * ((numberOf(retries) ?? 3) + 1));
}

/** Parses a Go duration such as `1m30s`. */
function seconds(text = "0s"): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit = "s"]) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}
