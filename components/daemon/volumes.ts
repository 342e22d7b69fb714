import type Docker from "dockerode";

import { isOfCompose } from "../values/labels";
import { isMissing } from "./ready";

/** The volume of a name that `docker compose` made in a Compose project; undefined where there is none. */
export async function composeVolume(
  engine: Docker,
  composeProject: string,
  name: string,
): Promise<string | undefined> {
  try {
    const { Labels } = (await engine.getVolume(name).inspect()) as { Labels: Record<string, string> | null };
    return isOfCompose(Labels ?? {}, composeProject) ? name : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
