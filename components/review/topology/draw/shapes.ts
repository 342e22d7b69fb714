/** The SVG shapes of the diagram. */

import { visible } from "../../../core/text/visible";
import type { Rect } from "./layout";
import { INK, looks, MUTED } from "./look";
import type { Change } from "../model";

/** Text that is already SVG. */
export type Svg = string & { readonly svg: true };

type Attributes = Readonly<Record<string, string | number>>;

const FONT = "Inter, 'Liberation Sans', Arial, Helvetica, sans-serif";

export function element(name: string, attributes: Attributes, content?: string): Svg {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const inside = content === undefined ? "/>" : `>${content}</${name}>`;
  return `<${name}${written.join("")}${inside}` as Svg;
}

export function group(parts: readonly Svg[]): Svg {
  return parts.join("\n") as Svg;
}

export function page(width: number, height: number, title: string, parts: readonly Svg[]): string {
  const box = { width, height, viewBox: `0 0 ${number(width)} ${number(height)}` };
  const content = [
    "",
    element("title", {}, escaped(title)),
    element("rect", { width, height, fill: "#ffffff" }),
    ...parts,
    "",
  ].join("\n");
  return `${element("svg", { xmlns: "http://www.w3.org/2000/svg", ...box, role: "img", "font-family": FONT }, content)}\n`;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
  readonly ink?: string;
  readonly bold?: boolean;
  readonly centred?: boolean;
  readonly right?: boolean;
  /** Whether it has a white outline, because a wire can be behind it. */
  readonly halo?: boolean;
}

export function label({ x, y, size, text, ink = INK, bold, centred, right, halo }: Label): Svg {
  if (text === "") return "" as Svg;
  return element(
    "text",
    {
      x,
      y,
      "font-size": size,
      fill: ink,
      ...(bold && { "font-weight": 600 }),
      ...((centred ?? right) && { "text-anchor": centred ? "middle" : "end" }),
      ...(halo && {
        stroke: "#ffffff",
        "stroke-width": 4,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
      }),
    },
    escaped(text),
  );
}

/** A disc with the symbol of a change. */
export function mark(x: number, y: number, change: Change): Svg {
  const { mark: sign, line: fill } = looks[change];
  return group([
    element("circle", { cx: x, cy: y, r: 9, fill, stroke: "#ffffff", "stroke-width": 1.5 }),
    label({ x, y: y + 4.5, size: 13, text: sign, bold: true, ink: "#ffffff", centred: true }),
  ]);
}

export function pill(x: number, y: number, width: number, text: string): Svg {
  return group([
    element("rect", { x, y, width, height: 17, rx: 8.5, fill: "#ffffff", stroke: "#8c959f" }),
    label({ x: x + width / 2, y: y + 12, size: 10, text, bold: true, ink: MUTED, centred: true }),
  ]);
}

export function cylinder({ x, y, width, height }: Rect, paint: Attributes): Svg {
  const r = 7;
  const arc = (dx: number, sweep: 0 | 1): string =>
    `a${number(width / 2)} ${number(r)} 0 0 ${number(sweep)} ${number(dx)} 0`;
  const body = `M${number(x)} ${number(y + r)}v${number(height - 2 * r)}${arc(width, 0)}v${number(2 * r - height)}`;
  return group([
    element("path", { d: `${body}${arc(-width, 0)}z`, ...paint }),
    element("path", { d: `M${number(x)} ${number(y + r)}${arc(width, 0)}${arc(-width, 0)}`, ...paint }),
  ]);
}

/** Straight lines with rounded corners. */
export function line(points: readonly (readonly [number, number])[], paint: Attributes): Svg {
  const way = points.filter(([x, y], index) => {
    const before = points[index - 1];
    return before === undefined || before[0] !== x || before[1] !== y;
  });
  const pieces = way.map(([x, y], index) => {
    const [before, after] = [way[index - 1], way[index + 1]];
    if (before === undefined) return `M${number(x)} ${number(y)}`;
    if (after === undefined) return `L${number(x)} ${number(y)}`;
    const [ax, ay] = towards([x, y], before);
    const [bx, by] = towards([x, y], after);
    return `L${number(ax)} ${number(ay)}Q${number(x)} ${number(y)} ${number(bx)} ${number(by)}`;
  });
  return element("path", { d: pieces.join(""), ...paint });
}

function towards(
  [x, y]: readonly [number, number],
  [tx, ty]: readonly [number, number],
): readonly [number, number] {
  const length = Math.hypot(tx - x, ty - y);
  const by = Math.min(7, length / 2) / (length || 1);
  return [x + (tx - x) * by, y + (ty - y) * by];
}

/** Formats a number identically on every machine. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function attribute(value: string | number): string {
  return typeof value === "number" ? number(value) : escaped(value);
}

function escaped(text: string): string {
  return visible(text.replace(/[\p{Cc}\u2028\u2029\uFFFE\uFFFF]/gu, " ")).replace(
    /[&<>"]/g,
    (sign) => `&#${String(sign.codePointAt(0))};`,
  );
}
