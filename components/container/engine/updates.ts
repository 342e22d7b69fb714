/** Settings that the Engine's update call sets, and what of them a container has. */

import type Docker from "dockerode";

import type { EngineUpdates } from "../engine-updates";
import { brokenNow, isMissing } from "../health/engine";

/** Without a restart. One that has ended by now, or is gone, is reported by whoever waits for it. */
export async function applyUpdates(engine: Docker, id: string, updates: EngineUpdates): Promise<void> {
  if (Object.keys(updates).length === 0) return;
  try {
    await engine.getContainer(id).update(updates);
  } catch (error) {
    if ((await brokenNow(engine, id)) === undefined) throw error;
  }
}

/** What a container has of them; as wanted where its Engine cannot set it, or the container is gone. */
export async function liveUpdates(engine: Docker, id: string, wanted: EngineUpdates): Promise<EngineUpdates> {
  const state = await engine
    .getContainer(id)
    .inspect()
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (state === undefined) return wanted;
  // Neither 0 nor nothing is a limit.
  const found = { PidsLimit: state.HostConfig.PidsLimit || -1 };
  const differs = wanted.PidsLimit !== undefined && wanted.PidsLimit !== found.PidsLimit;
  const able = !differs || ((await engine.info()) as { PidsLimit?: boolean }).PidsLimit !== false;
  return able ? found : wanted;
}
