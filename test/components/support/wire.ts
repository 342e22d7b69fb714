/** How the engine's protocol marks values that are secret or not known yet, put into words for a test. */

/** Stands for a value that a preview cannot know. */
export const UNKNOWN = "<known after up>";

const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A secret reads `{ secret: value }`. */
export function plain(value: unknown): unknown {
  if (value === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return { secret: plain((value as { value?: unknown }).value) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
