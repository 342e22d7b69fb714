import * as pulumi from "@pulumi/pulumi";

import { sleep } from "../../core/sleep";
import { tokens } from "../../core/tokens";
import { hasState } from "./identity";

/** A resource in the stack's state. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** All resources in the stack's state; empty before its first `up`. */
export async function readRecorded(): Promise<readonly Recorded[]> {
  // The engine of this SDK fails on a state without resources.
  if (!(await hasState())) return [];
  const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const { outputs } = await whole(
    () =>
      pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName }) as Promise<{
        readonly outputs: Readonly<Record<string, Omit<Recorded, "urn">>>;
      }>,
  );
  return Object.entries(outputs).map(([urn, { type, outputs: own }]) => ({ urn, type, outputs: own }));
}

const READS = 20;
const BETWEEN_READS_MS = 50;

/**
 * Reads the state, and retries if it is empty: the engine writes it after each step, and a file backend does not replace the file
 * atomically.
 */
export async function whole<T>(read: () => Promise<T>): Promise<T> {
  for (let left = READS; ; left--) {
    try {
      return await read();
    } catch (error) {
      if (left <= 1 || !String(error).includes("failed to load checkpoint")) throw error;
      await sleep(BETWEEN_READS_MS);
    }
  }
}

/** The outputs of a resource in the state, under any of its URNs; undefined for a new resource. */
export async function recordedOf(
  run: { readonly recorded: () => Promise<readonly Recorded[]> },
  urns: () => Promise<readonly string[]>,
): Promise<Recorded["outputs"] | undefined> {
  const [known, state] = await Promise.all([urns(), run.recorded()]);
  return state.find(({ urn }) => known.includes(urn))?.outputs;
}

/** Whether a Volume of the last run had that name on the host. */
export function leavesItself(state: readonly Recorded[], volume: string): boolean {
  return state.some(({ type, outputs }) => type === tokens.volume && outputs["volumeName"] === volume);
}

export { dockerTypes as types } from "../../provider/tokens";

/** True for a resource created directly with the provider, not by a component. */
export function isRaw({ urn }: Pick<Recorded, "urn">): boolean {
  return !urn.includes("dockwright:");
}
