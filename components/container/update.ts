/** How the old container and the new one take turns, as arguments say it. */

import { oneOf } from "../core/guard";

/**
 * `"start-first"`: the new container runs and is ready before the old one goes.
 * `"stop-first"`: the old one stops, the new one starts; where that fails the old one is started again.
 */
export type UpdateOrder = "start-first" | "stop-first";

export const updateOrder = oneOf(["start-first", "stop-first"]);

/** Seconds for which what is new must last, where nothing else is said. */
export const MONITOR_SECONDS = 5;

/** Seconds that Docker gives a container to end, where nothing else is said. */
export const STOP_GRACE_SECONDS = 10;
