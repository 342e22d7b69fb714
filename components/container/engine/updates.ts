/** Settings of the Engine's update call, and their values on a container. */

import type Docker from "dockerode";

import type { EngineUpdates } from "../engine-updates";
import { failureNow } from "../health/engine";
import { isMissing } from "../../engine/errors";

/** Without a restart. A container that has exited or was removed is reported by the readiness check. */
export async function applyUpdates(engine: Docker, id: string, updates: EngineUpdates): Promise<void> {
  if (Object.keys(updates).length === 0) return;
  try {
    await engine.getContainer(id).update(updates);
  } catch (error) {
    if ((await failureNow(engine, id)) === undefined) throw error;
  }
}

/** Their values on a container; as declared if its Engine cannot set them, or the container does not exist. */
export async function liveUpdates(engine: Docker, id: string, wanted: EngineUpdates): Promise<EngineUpdates> {
  const state = await engine
    .getContainer(id)
    .inspect()
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (state === undefined) return wanted;
  // Neither 0 nor undefined is a limit.
  const found = { PidsLimit: state.HostConfig.PidsLimit || -1 };
  const differs = wanted.PidsLimit !== undefined && wanted.PidsLimit !== found.PidsLimit;
  const able = !differs || ((await engine.info()) as { PidsLimit?: boolean }).PidsLimit !== false;
  return able ? found : wanted;
}
