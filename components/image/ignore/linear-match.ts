/** Matches a pattern in time linear in the text, with any number of wildcards: it follows all alternatives at once. */

/** One step of a pattern; it accepts one character (a code point). */
export type Step =
  | { readonly kind: "one" | "many"; readonly accepts: (char: string) => boolean }
  /** Only at the start of the text. */
  | { readonly kind: "start" }
  /** The next `steps` are optional. */
  | { readonly kind: "optional"; readonly steps: number };

/** Whether the steps, in order, accept the whole text. */
export function matchesWhole(steps: readonly Step[], text: string): boolean {
  const seen = new Int32Array(steps.length + 1);
  let round = 0;
  /** The reached positions, including those that need no further character. */
  const closed = (places: number[]): number[] => {
    round += 1;
    const all: number[] = [];
    const reach = (at: number): void => {
      if (seen[at] === round) return;
      seen[at] = round;
      all.push(at);
    };
    places.forEach(reach);
    // It grows during the iteration.
    for (const at of all) {
      const step = steps[at];
      if (step === undefined) continue;
      if (step.kind === "many" || step.kind === "optional" || (step.kind === "start" && round === 1))
        reach(at + 1);
      if (step.kind === "optional") reach(at + 1 + step.steps);
    }
    return all;
  };
  let places = closed([0]);
  for (const char of text) {
    places = closed(
      places.flatMap((at) => {
        const step = steps[at];
        if (step === undefined || !("accepts" in step) || !step.accepts(char)) return [];
        return [step.kind === "many" ? at : at + 1];
      }),
    );
    if (places.length === 0) return false;
  }
  return places.includes(steps.length);
}
