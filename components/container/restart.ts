/** The restart policy of a container. */

import { z } from "zod";
import { isStructure, judge, oneOf, strict, wholeNumber } from "../core/schema";

/**
 * `"no"`, `"always"`, `"unless-stopped"`, `"on-failure"`, or at most n restarts with `{ onFailure: n }`.
 * Changed in place, without a restart.
 * Source: Docker reference, "docker container run --restart".
 */
export type RestartPolicy =
  "no" | "always" | "unless-stopped" | "on-failure" | { readonly onFailure: number };

const word = oneOf(
  ["no", "always", "unless-stopped", "on-failure"],
  '"no", "always", "unless-stopped", "on-failure" or { onFailure: n }',
);

export const restartPolicy: z.ZodType<RestartPolicy> = z
  .custom<RestartPolicy>()
  .superRefine((value: unknown, context) => {
    judge(isStructure(value) ? strict({ onFailure: wholeNumber(1) }) : word, value, context);
  });

export const defaultRestart: RestartPolicy = "unless-stopped";

/** Whether Docker also starts a container again that exited with code 0. */
export function restartsAfterSuccess(policy: RestartPolicy = defaultRestart): boolean {
  return policy === "always" || policy === "unless-stopped";
}

export function restartInputs(policy: RestartPolicy): { restart: string; maxRetryCount?: number } {
  return typeof policy === "string"
    ? { restart: policy }
    : { restart: "on-failure", maxRetryCount: policy.onFailure };
}
