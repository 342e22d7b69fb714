import type { World } from "../walk/world";

/** Occurs nowhere else: found in clear, it was given away. */
export const SECRET = "uncommon-marker-of-the-random-walk-7f3a91";

/** On which each service answers with its revision. */
export const SERVICE_PORT = 8080;

/** The host port that one service at a time publishes. */
export const HOST_PORT = 18080;

/** The container name that one service at a time asks for. */
export const FIXED_NAME = "walk-fixed";

export interface WalkSettings {
  readonly world: World;
  /** The folder that the image is built from. */
  readonly context: string;
}
