/** The state after an image could not be built or pulled. @param undone what was rolled back */
export function notThere(reference: string, undone: readonly string[]): string {
  return [`there is no ${reference} on the host; running containers were not changed`, ...undone].join("; ");
}
