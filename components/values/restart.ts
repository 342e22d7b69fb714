/** What Docker does when a container ends. */

import { z } from "zod";
import { oneOf, strict, wholeNumber } from "../internal/guard";

/**
 * `"no"`, `"always"`, `"unless-stopped"`, `"on-failure"`, or at most n tries with `{ onFailure: n }`.
 * Changed in place, without a restart.
 * Source: Docker reference, "docker container run --restart".
 */
export type RestartPolicy =
  "no" | "always" | "unless-stopped" | "on-failure" | { readonly onFailure: number };

const words = oneOf(["no", "always", "unless-stopped", "on-failure"]);

export const restartPolicy: z.ZodType<RestartPolicy> = z
  .custom<RestartPolicy>()
  .superRefine((value: unknown, context) => {
    const guard = typeof value === "object" && value !== null ? strict({ onFailure: wholeNumber(1) }) : words;
    const result = guard.safeParse(value);
    if (!result.success) for (const issue of result.error.issues) context.addIssue({ ...issue } as never);
  });

export const defaultRestart: RestartPolicy = "unless-stopped";

export function restartInputs(policy: RestartPolicy): { restart: string; maxRetryCount?: number } {
  return typeof policy === "string"
    ? { restart: policy }
    : { restart: "on-failure", maxRetryCount: policy.onFailure };
}
