/** The arguments of the replacement order. */

import { oneOf } from "../core/schema";

/**
 * `"start-first"`: the new container is ready before the old one is removed.
 * `"stop-first"`: the old one stops, the new one starts; if that fails the old one is started again.
 */
export type UpdateOrder = "start-first" | "stop-first";

export const updateOrder = oneOf(["start-first", "stop-first"]);

/** The default of `monitorSeconds`. */
export const MONITOR_SECONDS = 5;

/** The default of `stopGraceSeconds`. */
export const STOP_GRACE_SECONDS = 10;
