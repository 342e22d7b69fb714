/** Renders the SVG as PNG with resvg and a bundled font, so that it is the same on every machine. */

import { readFile } from "node:fs/promises";

import type { Resvg } from "@resvg/resvg-wasm";

import type { Step } from "../../step";
import { svg } from "./svg";

const FONTS = ["400", "600"].map((weight) => `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`);
const RASTERISER = "@resvg/resvg-wasm/index_bg.wasm";

/**
 * @param steps of one preview
 * @throws Error if the optional packages for PNG are not installed
 */
export async function png(steps: readonly Step[]): Promise<Uint8Array> {
  const { fontBuffers, ...from } = await tools();
  const drawing = new from.Resvg(svg(steps), {
    font: { fontBuffers: [...fontBuffers], defaultFontFamily: "Inter", loadSystemFonts: false },
  });
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    image.free();
    drawing.free();
  }
}

interface Tools {
  readonly fontBuffers: readonly Uint8Array[];
  readonly Resvg: typeof Resvg;
}

/** The renderer is initialised once per process. */
let started: Promise<Tools> | undefined;

function tools(): Promise<Tools> {
  return (started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  }));
}

async function start(): Promise<Tools> {
  const [program, ...fonts] = [RASTERISER, ...FONTS].map(place);
  const rasteriser = await import("@resvg/resvg-wasm");
  await rasteriser.initWasm(await readFile(program ?? ""));
  return { Resvg: rasteriser.Resvg, fontBuffers: await Promise.all(fonts.map((font) => readFile(font))) };
}

function place(file: string): string {
  try {
    return require.resolve(file);
  } catch {
    throw new Error(
      "PNG output needs two packages that are not installed; run: npm install --save-dev @resvg/resvg-wasm@2 @fontsource/inter@5 (--format svg and --format mermaid need none)",
    );
  }
}
