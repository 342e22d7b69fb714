/** Classifies errors of the Engine. */

/** True if the object does not exist. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** The HTTP status of the response; undefined without a response. */
export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}

/**
 * Waits for what stops or removes an object. What is gone already (404), stopped already (304), or is used or about to go (409)
 * needs nothing more.
 */
export async function unlessGone(action: Promise<unknown>): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (![304, 404, 409].includes(statusOf(error) ?? 0)) throw error;
  }
}
