/** The inputs of the provider's resources, as far as a picture needs them. Anything else in them is passed over. */

import { z } from "zod";
import type { State } from "../step";

const text = z.string().catch("");
/** A list that may be missing, not known yet, or masked as a secret. */
const list = <T extends z.ZodType>(item: T): z.ZodCatch<z.ZodArray<T>> => z.array(item).catch([]);

const shape = z.object({
  name: text,
  image: text,
  networkMode: text,
  internal: z.boolean().catch(false),
  ipamConfigs: list(z.object({ subnet: text })),
  networksAdvanced: list(z.object({ name: text })),
  ports: list(
    z.object({
      internal: z.number().catch(0),
      external: z.number().optional().catch(undefined),
      ip: text,
      protocol: text,
    }),
  ),
  volumes: list(
    z.object({
      volumeName: text,
      hostPath: text,
      containerPath: text,
      readOnly: z.boolean().catch(false),
    }),
  ),
});

export type Inputs = z.infer<typeof shape>;

export function inputsOf(state: State | undefined): Inputs {
  return shape.parse(state?.inputs ?? {});
}

/** Every text by which others may refer to a resource: its id and its name. */
export function referencesTo(state: State | undefined): string[] {
  if (state === undefined) return [];
  const { id, inputs, outputs } = state;
  const all: unknown[] = [id, outputs["id"], outputs["name"], inputs["name"]];
  return all.filter((each): each is string => typeof each === "string" && each !== "" && !isUnknown(each));
}

/** What the reader of a preview writes in place of a value that is known after the update. */
export function isUnknown(value: string): boolean {
  return value === "[unknown]";
}
