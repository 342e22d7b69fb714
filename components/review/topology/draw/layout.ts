/** The layout of the diagram: a grid of columns with gutters for wires, networks as boxes in rows, volumes below them. */

import type { Container, Host, Network, Port, Topology, Volume } from "../model";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An item in the grid; wires run in the channels above and below it. */
export interface Item<T> extends Rect {
  readonly of: T;
  readonly above: number;
  readonly below: number;
}

/** The ports of one container, on the border of its host. */
export interface Plate {
  readonly container: Container;
  readonly ports: readonly Port[];
}

export interface PlacedHost {
  readonly host: Host;
  readonly frame: Rect;
  readonly networks: readonly Item<Network>[];
  readonly containers: readonly Item<Container>[];
  readonly plates: readonly Item<Plate>[];
  readonly volumes: readonly Item<Volume>[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly hosts: readonly PlacedHost[];
}

export const COLUMN = 190;
export const GUTTER = 40;
const MOST_COLUMNS = 5;
const LEAST_COLUMNS = 3;
const MARGIN = 20;
const FRAME = 25;
const PAD = 12;
export const CARD = 68;
export const ROW_GAP = 24;
const HEADER = 30;
const SHELF_GAP = 40;
const VOLUME = 52;
const TITLE = 76;
const LEGEND = 70;
export const PORT_LINE = 18;

export const columnX = (column: number): number => MARGIN + FRAME + column * (COLUMN + GUTTER);
/** The centre of the gutter to the left of a column. */
export const gutterX = (column: number): number => columnX(column) - GUTTER / 2;

export function layoutOf({ hosts }: Topology): Layout {
  const shelves = hosts.map(({ networks }) => shelvesOf(networks));
  const columns = Math.max(LEAST_COLUMNS, ...shelves.flat().map(({ columns: used }) => used));
  const placed: PlacedHost[] = [];
  let y = TITLE;
  hosts.forEach((host, index) => {
    const next = placeHost(host, shelves[index] ?? [], columns, y);
    placed.push(next);
    y = next.frame.y + next.frame.height + 24;
  });
  return { width: columnX(columns) - GUTTER + FRAME + MARGIN, height: y + LEGEND, hosts: placed };
}

interface Shelf {
  readonly networks: readonly { readonly network: Network; readonly column: number; readonly wide: number }[];
  readonly columns: number;
}

/** Networks are side by side where they fit; networks that share a container are above one another. */
function shelvesOf(networks: readonly Network[]): Shelf[] {
  const shelves: Shelf[] = [];
  for (const network of networks) {
    const wide = widthOf(network);
    const last = shelves.at(-1);
    const room = last !== undefined && last.columns + wide <= MOST_COLUMNS;
    const joined = last?.networks.some((each) => shareContainer(each.network, network)) ?? false;
    const column = room && !joined ? last.columns : 0;
    const beside = column > 0 ? (shelves.pop()?.networks ?? []) : [];
    shelves.push({ networks: [...beside, { network, column, wide }], columns: column + wide });
  }
  return shelves;
}

const shareContainer = (a: Network, b: Network): boolean =>
  a.containers.some(({ attachments }) => attachments.some(({ network }) => network === b.id));

function widthOf({ containers: { length } }: Network): number {
  return Math.max(1, Math.ceil(length / Math.max(1, Math.ceil(length / MOST_COLUMNS))));
}

function placeHost(host: Host, shelves: readonly Shelf[], columns: number, top: number): PlacedHost {
  const networks: Item<Network>[] = [];
  const containers: Item<Container>[] = [];
  const volumes: Item<Volume>[] = [];
  const published = host.networks.flatMap((network) =>
    network.containers.filter(({ ports }) => ports.length > 0),
  );
  const plateRows = Math.max(1, Math.ceil(published.length / columns));
  const plateHeight = PORT_LINE * Math.max(0, ...published.map(({ ports }) => ports.length)) + 10;
  const border =
    published.length === 0 ? top : top + plateRows * (plateHeight + ROW_GAP) - ROW_GAP - plateHeight / 2 + 8;
  const begin = published.length === 0 ? border : border + plateHeight / 2;

  let channel = begin + 26;
  let y = channel + 14;
  for (const [index, shelf] of shelves.entries()) {
    const rows = Math.max(
      ...shelf.networks.map(({ network, wide }) => Math.ceil(network.containers.length / wide)),
    );
    const bottomOf = (count: number): number =>
      y + HEADER + count * (CARD + ROW_GAP) - (count > 0 ? ROW_GAP : 0) + PAD + 2;
    const shelfBottom = bottomOf(rows);
    const after = shelfBottom + SHELF_GAP / 2;
    for (const { network, column, wide } of shelf.networks) {
      const count = Math.ceil(network.containers.length / wide);
      const x = columnX(column) - PAD;
      const width = columnX(column + wide) - GUTTER + PAD - x;
      networks.push({ of: network, x, y, width, height: bottomOf(count) - y, above: channel, below: after });
      inReadingOrder(network.containers).forEach((container, place) => {
        const row = Math.floor(place / wide);
        const cardY = y + HEADER + row * (CARD + ROW_GAP);
        containers.push({
          of: container,
          x: columnX(column + (place % wide)),
          y: cardY,
          width: COLUMN,
          height: CARD,
          above: row === 0 ? channel : cardY - ROW_GAP / 2,
          below: row === rows - 1 ? after : cardY + CARD + ROW_GAP / 2,
        });
      });
    }
    channel = after;
    y = shelfBottom + SHELF_GAP;
    const due = host.volumes.filter(({ id }) => lastShelf(id, shelves) === index);
    const placed = placeVolumes(due, containers, columns, y, channel);
    volumes.push(...placed);
    if (placed.length > 0) {
      const bottom = Math.max(...placed.map((each) => each.y + each.height));
      channel = bottom + SHELF_GAP / 2;
      y = bottom + SHELF_GAP;
    }
  }
  const bottom = Math.max(begin + 40, y - SHELF_GAP + 20);
  return {
    host,
    frame: {
      x: MARGIN,
      y: border,
      width: columnX(columns) - GUTTER + FRAME - MARGIN,
      height: bottom - border,
    },
    networks,
    containers,
    plates: placePlates(published, containers, columns, border, plateHeight),
    volumes,
  };
}

/** Containers with published ports come first, near the border; those on several networks last, near the other networks. */
function inReadingOrder(containers: readonly Container[]): Container[] {
  const rank = ({ ports, attachments }: Container): number =>
    ports.length > 0 ? 0 : attachments.length > 0 ? 2 : 1;
  return [...containers].sort((a, b) => rank(a) - rank(b));
}

/** The last row with a container that mounts the volume; an unused volume is at the end. */
function lastShelf(volume: string, shelves: readonly Shelf[]): number {
  const uses = ({ networks }: Shelf): boolean =>
    networks.some(({ network }) =>
      network.containers.some(({ mounts }) => mounts.some((mount) => mount.volume === volume)),
    );
  const found = shelves.findLastIndex(uses);
  return found === -1 ? shelves.length - 1 : found;
}

/** Each volume is below the containers that mount it, as near as possible. */
function placeVolumes(
  volumes: readonly Volume[],
  containers: readonly Item<Container>[],
  columns: number,
  y: number,
  channel: number,
): Item<Volume>[] {
  const wished = volumes.map((volume) => {
    const users = containers.filter(({ of }) => of.mounts.some((mount) => mount.volume === volume.id));
    const places = users.map(({ x }) => columnOf(x));
    return { volume, at: places.length === 0 ? columns : places.reduce((a, b) => a + b) / places.length };
  });
  wished.sort((a, b) => a.at - b.at);
  const rows: number[][] = [];
  return wished.map(({ volume, at }) => {
    let row = rows.findIndex((taken) => taken.length < columns);
    if (row === -1) row = rows.push([]) - 1;
    const taken = rows[row] ?? [];
    const column = nearestFree(at, taken, columns);
    taken.push(column);
    const top = y + row * (VOLUME + ROW_GAP);
    return {
      of: volume,
      x: columnX(column) + 20,
      y: top,
      width: COLUMN - 40,
      height: VOLUME,
      above: row === 0 ? channel : top - ROW_GAP / 2,
      below: top + VOLUME + ROW_GAP / 2,
    };
  });
}

function placePlates(
  published: readonly Container[],
  containers: readonly Item<Container>[],
  columns: number,
  border: number,
  height: number,
): Item<Plate>[] {
  const rows: number[][] = [];
  return published.map((container) => {
    const below = containers.find(({ of }) => of.id === container.id);
    let row = rows.findIndex((taken) => taken.length < columns);
    if (row === -1) row = rows.push([]) - 1;
    const taken = rows[row] ?? [];
    const column = nearestFree(below === undefined ? 0 : columnOf(below.x), taken, columns);
    taken.push(column);
    const own = PORT_LINE * container.ports.length + 10;
    const bottom = border + height / 2 - row * (height + ROW_GAP);
    return {
      of: { container, ports: container.ports },
      x: columnX(column),
      y: bottom - own,
      width: COLUMN,
      height: own,
      above: bottom - own - ROW_GAP / 2,
      below: row === 0 ? bottom + 26 : bottom + ROW_GAP / 2,
    };
  });
}

const columnOf = (x: number): number => Math.round((x - columnX(0)) / (COLUMN + GUTTER));

function nearestFree(wished: number, taken: readonly number[], columns: number): number {
  const free = Array.from({ length: columns }, (_, column) => column).filter((each) => !taken.includes(each));
  return free.reduce(
    (best, each) => (Math.abs(each - wished) < Math.abs(best - wished) ? each : best),
    free[0] ?? 0,
  );
}
