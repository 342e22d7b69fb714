/** Translates the faults of a component's arguments into faults at the keys of the files. */

import type { z } from "zod";

import { faultsOf } from "../../core/check-args";
import type { Fault } from "../../core/text/message";
import { type BuildArgs, buildSchema } from "../../image/build";
import { imageReference } from "../../image/reference";
import type { Path } from "../source/node";
import type { PlanFinding } from "./finding";
import type { PlannedImage } from "./images";
import { type Kind, keysOf } from "./words";

/** Whether the files have a value at a path. */
export type IsWritten = (path: Path) => boolean;

/** The faults of an object's arguments, at the keys from which the arguments were derived. */
export function inFile(kind: Kind, at: Path, faults: readonly Fault[], isWritten: IsWritten): PlanFinding[] {
  return faults.map(({ path, text }) => {
    const argument = pathOf(path);
    const key = keysOf(kind, argument).find((each) => isWritten([...at, ...each])) ?? [];
    return { path: [...at, ...key], text: inWordsOf(key, argument, path) + text };
  });
}

/** Of the image of a service. */
export function imageRefusals(
  image: PlannedImage | undefined,
  at: Path,
  isWritten: IsWritten,
): PlanFinding[] {
  return image === undefined || "reference" in image
    ? inFile("service", at, faultsBy(imageReference, image?.reference, "image"), isWritten)
    : inFile("image", [...at, "build"], faultsBy(buildSchema, buildOf(image), "build"), isWritten);
}

const buildOf = (image: Exclude<PlannedImage, { readonly reference: string }>): BuildArgs =>
  image.inline === undefined ? image.build : { ...image.build, dockerfile: { text: image.inline } };

function faultsBy(schema: z.ZodType, value: unknown, name: string): Fault[] {
  const result = schema.safeParse(value);
  return result.success ? [] : faultsOf(result.error.issues, [name]);
}

/** The argument is named if it differs from the key, because its unit can differ too. */
function inWordsOf(key: Path, argument: Path, path: string): string {
  return key.at(-1) === argument.at(-1) ? "" : `${path} `;
}

/** Splits a path of a message into its steps: `ports[0].container`, `labels["a.b"]`. */
function pathOf(text: string): Path {
  return [...text.matchAll(/\["(.*?)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, word]) =>
    index === undefined ? (quoted ?? word ?? "") : Number(index),
  );
}
