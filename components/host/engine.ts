import { stackFilter } from "../deployment/look/labels";
import { DEFAULT_HOST, HOST_LABEL, type HostEndpoint } from "./args";
import type { OtherwiseKnown } from "./unreachable";
import type { Owner } from "../core/names";
import { connect } from "../engine/connect";
import { reasonOf } from "../engine/lost";

/** The time limit in milliseconds; SSH gives up on a silent host earlier. */
const PATIENCE_MS = 30_000;

/** Why the Engine of a host is not reachable; undefined if it is. */
export async function whyUnreachable(endpoint: HostEndpoint): Promise<string | undefined> {
  try {
    await ping(endpoint, AbortSignal.timeout(PATIENCE_MS));
    return undefined;
  } catch (error) {
    const { name } = error as Error;
    if (name === "AbortError" || name === "TimeoutError")
      return `it did not answer within ${String(PATIENCE_MS / 1000)} seconds`;
    return reasonOf(error);
  }
}

/** The client's ping has no timeout. */
function ping(endpoint: HostEndpoint, abortSignal: AbortSignal): Promise<void> {
  const request = { path: "/_ping", method: "GET", abortSignal, statusCodes: { 200: true } } as const;
  return new Promise((resolve, reject) => {
    connect(endpoint).modem.dial(request, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/**
 * An object of this stack that was created on the host under another key; undefined if there is none. Such a
 * host would be treated as new: everything would be created a second time and then removed.
 */
export async function otherwiseKnown(
  endpoint: HostEndpoint,
  owner: Owner,
  key: string,
): Promise<OtherwiseKnown | undefined> {
  const label = stackFilter(owner);
  const engine = connect(endpoint);
  const [networks, containers] = await Promise.all([
    engine.listNetworks({ filters: { label } }),
    engine.listContainers({ all: true, filters: { label } }),
  ]);
  return [
    ...networks.map(({ Name, Labels }) => ({ what: `network ${Name}`, labels: Labels })),
    ...containers.map(({ Names, Labels }) => ({
      what: `container ${(Names[0] ?? "").replace(/^\//, "")}`,
      labels: Labels,
    })),
  ]
    .map(({ what, labels }) => ({ what, key: labels?.[HOST_LABEL] ?? DEFAULT_HOST }))
    .find((each) => each.key !== key);
}
