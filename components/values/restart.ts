/** What Docker does when a container ends. */

import { z } from "zod";
import { isStructure, mustBe, strict, wholeNumber } from "../internal/guard";
import { didYouMean } from "../internal/message";

/**
 * `"no"`, `"always"`, `"unless-stopped"`, `"on-failure"`, or at most n tries with `{ onFailure: n }`.
 * Changed in place, without a restart.
 * Source: Docker reference, "docker container run --restart".
 */
export type RestartPolicy =
  "no" | "always" | "unless-stopped" | "on-failure" | { readonly onFailure: number };

const words = ["no", "always", "unless-stopped", "on-failure"] as const;

const word = z.enum(words, {
  error: (issue) => {
    const hint = typeof issue.input === "string" ? didYouMean(issue.input, words) : "";
    const what = `${words.map((each) => `"${each}"`).join(", ")} or { onFailure: n }`;
    return `${mustBe(what, issue.input)}${hint}`;
  },
});

export const restartPolicy: z.ZodType<RestartPolicy> = z
  .custom<RestartPolicy>()
  .superRefine((value: unknown, context) => {
    const guard = isStructure(value) ? strict({ onFailure: wholeNumber(1) }) : word;
    const result = guard.safeParse(value);
    if (!result.success) for (const issue of result.error.issues) context.addIssue({ ...issue });
  });

export const defaultRestart: RestartPolicy = "unless-stopped";

export function restartInputs(policy: RestartPolicy): { restart: string; maxRetryCount?: number } {
  return typeof policy === "string"
    ? { restart: policy }
    : { restart: "on-failure", maxRetryCount: policy.onFailure };
}
