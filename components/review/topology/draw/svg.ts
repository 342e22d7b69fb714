/** Draws the diagram as SVG: dark on white, readable at 1200 pixels. */

import type { Step } from "../../step";
import { CARD, COLUMN, type Item, type Layout, layoutOf, type PlacedHost, PORT_LINE } from "./layout";
import { allChanges, headline, looks, MUTED, shownHost, summary, words } from "./look";
import type { Change, Container, Network, Volume } from "../model";
import { cylinder, element, group, label, line, mark, page, pill, type Svg } from "./shapes";
import { topologyOf } from "../read/topology";
import { fitted, textWidth } from "./text-width";
import { type Wire, wiresOf } from "./wires";

/** @param steps of one preview */
export function svg(steps: readonly Step[]): string {
  const topology = topologyOf(steps);
  const layout = layoutOf(topology);
  const title = topology.title === "" ? "Docker hosts" : topology.title;
  const counted = summary(topology);
  const said = counted === "" ? "nothing on Docker hosts" : counted;
  const parts = [
    label({ x: 20, y: 34, size: 20, text: title, bold: true }),
    label({ x: 20, y: 56, size: 13, text: said, ink: MUTED }),
    ...layout.hosts.map(host),
    legend(layout),
  ];
  return page(layout.width, layout.height, `${title}: ${said}`, parts);
}

function host(placed: PlacedHost): Svg {
  const { frame, networks, containers, plates, volumes } = placed;
  const { key } = placed.host;
  const wires = wiresOf(placed);
  // Changed objects are drawn over unchanged ones.
  wires.sort((a, b) => Number(a.change !== "same") - Number(b.change !== "same"));
  return group([
    element("rect", { ...frame, rx: 10, fill: "#f6f8fa", stroke: "#59636e", "stroke-width": 1.5 }),
    ...networks.map(network),
    ...wires.map(wire),
    label({
      x: frame.x + 14,
      y: frame.y + (plates.length > 0 ? plateHalf(placed) : 0) + 20,
      size: 12,
      text: key === "" ? "Docker host" : `Docker host ${key}`,
      bold: true,
      ink: MUTED,
    }),
    ...containers.map(card),
    ...volumes.map(volume),
    ...plates.map(plate),
  ]);
}

const plateHalf = ({ plates, frame }: PlacedHost): number =>
  Math.max(...plates.map(({ y, height }) => y + height)) - frame.y;

function network({ of: { name, note, change }, x, y, width, height }: Item<Network>): Svg {
  const look = looks[change];
  const size = 13;
  const begin = x + (change === "same" ? 12 : 16);
  const shown = fitted(name, size, width - 40);
  const left = x + width - begin - textWidth(shown, size) - 20;
  return group([
    element("rect", {
      ...{
        x,
        y,
        width,
        height,
        rx: 8,
        fill: change === "same" ? "#ffffff" : look.fill,
        "fill-opacity": change === "same" ? 1 : 0.45,
      },
      ...border(change, 1.5),
    }),
    ...(change === "same" ? [] : [mark(x, y, change)]),
    label({ x: begin, y: y + 20, size, text: shown, bold: true, ink: look.ink, halo: true }),
    ...(note === "" || left < 40
      ? []
      : [
          label({
            x: begin + textWidth(shown, size) + 8,
            y: y + 20,
            size: 11,
            text: fitted(note, 11, left),
            ink: MUTED,
            halo: true,
          }),
        ]),
  ]);
}

function card({ of: container, x, y }: Item<Container>): Svg {
  const { kind, change, image, changes, count } = container;
  const look = looks[change];
  const room = COLUMN - 24;
  const tag = kind === "container" ? "" : kind;
  const tagWidth = tag === "" ? 0 : textWidth(tag, 10) + 14;
  const rect = {
    width: COLUMN,
    height: CARD,
    rx: 6,
    fill: look.fill,
    ...border(change, change === "same" ? 1 : 1.75),
  };
  const name = headline({ ...container, kind: "container" });
  const detail = changes.length > 0 ? changes.join(", ") : "";
  return group([
    ...(count > 1 ? [8, 4].map((by) => element("rect", { x: x + by, y: y + by, ...rect })) : []),
    element("rect", { x, y, ...rect }),
    ...(change === "same" ? [] : [mark(x, y, change)]),
    label({
      x: x + 12,
      y: y + 24,
      size: 14,
      text: fitted(name, 14, room - tagWidth),
      bold: true,
      ink: look.ink,
    }),
    ...(tag === "" ? [] : [pill(x + COLUMN - tagWidth - 8, y + 10, tagWidth, tag)]),
    label({ x: x + 12, y: y + 42, size: 11, text: fitted(image, 11, room), ink: MUTED }),
    label({ x: x + 12, y: y + 58, size: 11, text: fitted(detail, 11, room), ink: look.ink }),
  ]);
}

function volume({ of: { name, kind, change, note }, x, y, width, height }: Item<Volume>): Svg {
  const look = looks[change];
  const lines = note === "" ? [] : [fitted(note, 10, width - 12)];
  const paint = { fill: look.fill, ...border(change, change === "same" ? 1 : 1.75) };
  return group([
    kind === "volume"
      ? cylinder({ x, y, width, height }, paint)
      : element("path", {
          d: `M${String(x)} ${String(y)}h${String(width - 14)}l14 14v${String(height - 14)}h${String(-width)}z`,
          ...paint,
          "stroke-linejoin": "round",
        }),
    ...(change === "same" ? [] : [mark(x, y + 4, change)]),
    label({
      x: x + width / 2,
      y: y + (lines.length > 0 ? 30 : 35),
      size: 12,
      text: fitted(name, 12, width - 12),
      bold: true,
      ink: look.ink,
      centred: true,
    }),
    ...lines.map((text) => label({ x: x + width / 2, y: y + 44, size: 10, text, ink: MUTED, centred: true })),
  ]);
}

function plate({ of: { ports }, x, y, width, height }: PlacedHost["plates"][number]): Svg {
  return group([
    element("rect", { x, y, width, height, rx: 9, fill: "#ffffff", stroke: "#59636e", "stroke-width": 1.5 }),
    ...ports.map((port, index) => {
      const top = y + 5 + index * PORT_LINE;
      const look = looks[port.change];
      const inside = port.container;
      const room = width - 16 - textWidth(inside, 11) - 26;
      return group([
        ...(port.change === "same"
          ? []
          : [
              element("rect", {
                x: x + 3,
                y: top,
                width: width - 6,
                height: PORT_LINE,
                rx: 6,
                fill: look.fill,
              }),
              label({ x: x + 10, y: top + 13, size: 13, text: look.mark, bold: true, ink: look.ink }),
            ]),
        label({
          x: x + 24,
          y: top + 13,
          size: 12,
          text: fitted(shownHost(port.host), 12, room),
          bold: true,
          ink: look.ink,
        }),
        label({ x: x + width - 10, y: top + 13, size: 11, text: inside, ink: MUTED, right: true }),
      ]);
    }),
  ]);
}

function wire({ points, change, end, readOnly }: Wire): Svg {
  const look = looks[change];
  const [x, y] = points.at(-1) ?? [0, 0];
  const [startX, startY] = points[0] ?? [0, 0];
  const paint = {
    fill: "none",
    stroke: change === "same" ? "#8c959f" : look.line,
    "stroke-width": change === "same" ? 1.25 : 2,
  };
  return group([
    line(points, { ...paint, ...(look.dashed && { "stroke-dasharray": "6 4" }) }),
    ...(end === "arrow"
      ? [element("path", { d: `M${String(x - 5)} ${String(y - 8)}h10l-5 8z`, fill: paint.stroke })]
      : []),
    ...(end === "plug" ? [element("circle", { cx: x, cy: y, r: 4.5, fill: paint.stroke })] : []),
    ...(readOnly
      ? [label({ x: startX + 4, y: startY + 11, size: 9, text: "ro", ink: MUTED, halo: true })]
      : []),
  ]);
}

function border(change: Change, width: number): Record<string, string | number> {
  const { line: stroke, dashed } = looks[change];
  return { stroke, "stroke-width": width, ...(dashed && { "stroke-dasharray": "6 4" }) };
}

function legend({ height }: Layout): Svg {
  const y = height - 52;
  let x = 20;
  return group(
    allChanges
      .map((change) => {
        const look = looks[change];
        const at = x;
        x += 34 + textWidth(words[change], 12) + 22;
        return group([
          element("rect", {
            x: at,
            y,
            width: 26,
            height: 18,
            rx: 4,
            fill: look.fill,
            ...border(change, 1.5),
          }),
          label({
            x: at + 13,
            y: y + 14,
            size: 13,
            text: look.mark,
            bold: true,
            ink: look.ink,
            centred: true,
          }),
          label({ x: at + 34, y: y + 13, size: 12, text: words[change] }),
        ]);
      })
      .concat([
        label({
          x: 20,
          y: height - 16,
          size: 11,
          ink: MUTED,
          text: "box: network · card: container · cylinder: volume · on the border: published port · dot: on this network too · ro: read only",
        }),
      ]),
  );
}
