/** Every form in which a review can be printed. A new one is a line here and a file beside. */

import type { Review } from "../classify";
import type { Preview } from "../read";
import { json } from "./json";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { text } from "./text";

/** What a format is made of. */
export interface Reviewed {
  readonly review: Review;
  /** What it was judged by. */
  readonly preview: Preview;
  /** Whether who reads it sees colours. */
  readonly colours: boolean;
}

type Write = (given: Reviewed) => string | Uint8Array | Promise<string | Uint8Array>;

const writers = {
  text: ({ review, colours }) => text(review, colours),
  markdown: ({ review }) => markdown(review),
  json: ({ review }) => json(review),
  sarif: ({ review }) => sarif(review),
} satisfies Record<string, Write>;

export type Format = keyof typeof writers;

export const formats: Readonly<Record<Format, Write>> = writers;

export const formatNames = Object.keys(writers) as Format[];
