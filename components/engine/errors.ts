/** What an error of the Engine means. */

/** True where the Engine says that it does not know an object. */
export function isMissing(error: unknown): boolean {
  return (error as { statusCode?: number }).statusCode === 404;
}
