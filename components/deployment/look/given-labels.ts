/** The labels that a program gives. */

import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { input, mapOf, text } from "../../core/schema";

/** Labels by name. */
export type Labels = Readonly<Record<string, pulumi.Input<string>>>;

const reserved = /^(com\.docker\.compose\.|io\.dockwright\.)/;

export const labels: z.ZodType<Labels> = mapOf(
  input(text()),
  text(
    "a label name that is not empty and not reserved (com.docker.compose.*, io.dockwright.*)",
    (value) => value !== "" && !reserved.test(value),
  ),
);
