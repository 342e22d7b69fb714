/** The formats of a review. A new one needs an entry here and a file in this folder. */

import type { Review } from "../classify";
import type { Preview } from "../read";
import { json } from "./json";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { text } from "./text";
import { mermaid } from "../topology/draw/mermaid";
import { png } from "../topology/draw/png";
import { svg } from "../topology/draw/svg";

/** The input of a format. */
export interface Reviewed {
  readonly review: Review;
  /** The preview of the review. */
  readonly preview: Preview;
  /** Whether the output supports colours. */
  readonly colours: boolean;
}

type Write = (given: Reviewed) => string | Uint8Array | Promise<string | Uint8Array>;

const writers = {
  text: ({ review, colours }) => text(review, colours),
  markdown: ({ review, preview: { steps } }) =>
    markdown(review, pictureFor(review, mermaid(steps).trimEnd())),
  json: ({ review }) => json(review),
  sarif: ({ review }) => sarif(review),
  mermaid: ({ preview: { steps } }) => mermaid(steps),
  svg: ({ preview: { steps } }) => svg(steps),
  png: ({ preview: { steps } }) => png(steps),
} satisfies Record<string, Write>;

export type Format = keyof typeof writers;

export const formats: Readonly<Record<Format, Write>> = writers;

export const formatNames = Object.keys(writers) as Format[];

/** The maximum text size of Mermaid. */
const MOST_MERMAID = 50_000;

/** A comment contains a diagram if something changes and GitHub can render it. */
function pictureFor({ components }: Review, picture: string): string | undefined {
  return components.length === 0 || picture.length > MOST_MERMAID ? undefined : picture;
}
