/** The picture as PNG, decoded again. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, inflateSync } from "node:zlib";

import { png } from "../../../components/review/topology/draw/png";
import { svg } from "../../../components/review/topology/draw/svg";
import { pictures, picturesFolder } from "../reports";
import { sample } from "./sample";

interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Unfiltered would cost a decoder of its own: the colours of rows that are one colour are enough. */
  readonly bytes: Buffer;
}

function decode(data: Uint8Array): Decoded {
  const file = Buffer.from(data);
  expect(file.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
  const pixels: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)));
    if (type === "IHDR") [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)];
    if (type === "IDAT") pixels.push(content);
    at += 12 + length;
  }
  return { width, height, bytes: inflateSync(Buffer.concat(pixels)) };
}

test("it has the size of the drawing and is the same each time", async () => {
  const first = await png(sample);
  const { width, height, bytes } = decode(first);
  expect(svg(sample)).toContain(`width="${String(width)}" height="${String(height)}"`);
  // Red, green, blue, and how opaque; one byte more a row.
  expect(bytes).toHaveLength(height * (width * 4 + 1));
  expect(Buffer.from(await png(sample)).equals(Buffer.from(first))).toBe(true);
});

test("its text is drawn, with no font of the system", async () => {
  const changed = sample.map((step) => ({
    ...step,
    urn: step.urn.replace("::shop::", "::shap::"),
    parent: step.parent?.replace("::shop::", "::shap::"),
  }));
  expect(Buffer.from(await png(changed)).equals(Buffer.from(await png(sample)))).toBe(false);
});

test("the pictures of the documentation are those of today; test/review/write-golden.ts draws them", async () => {
  for (const [name, picture] of await pictures())
    expect([name, readFileSync(join(picturesFolder, name)).equals(picture)]).toEqual([name, true]);
});
