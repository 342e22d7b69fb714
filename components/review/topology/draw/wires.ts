/** The wires: straight down if nothing is in between, otherwise through the gutters and channels of the grid. */

import { columnX, COLUMN, GUTTER, gutterX, type Item, type PlacedHost, type Rect, ROW_GAP } from "./layout";
import type { Change } from "../model";

export interface Wire {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly change: Change;
  readonly end: "arrow" | "plug" | "none";
  readonly readOnly: boolean;
}

interface Wanted {
  readonly from: Item<unknown>;
  readonly to: Item<unknown>;
  /** Wires to the same end share a lane. */
  readonly lane: string;
  readonly change: Change;
  readonly end: Wire["end"];
  readonly readOnly: boolean;
  /** The range on the upper side of `to` where it can end. */
  readonly range: readonly [number, number];
}

const LANE = 7;

export function wiresOf(placed: PlacedHost): Wire[] {
  const obstacles: Rect[] = [...placed.containers, ...placed.volumes, ...placed.plates];
  const wanted = wantedOf(placed);
  const exits = exitsOf(wanted);
  const lanes = new Lanes();
  const routes = wanted.map((each) => ({
    each,
    ...route(each, exits.get(each) ?? middle(each.from), obstacles),
  }));
  for (const { each, gutter, channels } of routes) {
    if (gutter !== undefined) lanes.take(`|${String(gutter)}`, each.lane);
    for (const channel of channels) lanes.take(`-${String(channel)}`, each.lane);
  }
  return routes.map(({ each: { lane, change, end, readOnly, to }, start, finish, gutter, channels }) => {
    const [first, last = first] = channels.map((y) => y + lanes.offset(`-${String(y)}`, lane));
    const at = gutter === undefined ? undefined : gutterX(gutter) + lanes.offset(`|${String(gutter)}`, lane);
    const between: (readonly [number, number])[] =
      first === undefined || last === undefined
        ? []
        : at === undefined
          ? [
              [start[0], first],
              [finish, first],
            ]
          : [
              [start[0], first],
              [at, first],
              [at, last],
              [finish, last],
            ];
    return { points: [start, ...between, [finish, to.y]], change, end, readOnly };
  });
}

function wantedOf({ plates, containers, networks, volumes }: PlacedHost): Wanted[] {
  const card = (id: string): Item<unknown> | undefined => containers.find(({ of }) => of.id === id);
  const network = (id: string): Item<unknown> | undefined => networks.find(({ of }) => of.id === id);
  const volume = (id: string): Item<unknown> | undefined => volumes.find(({ of }) => of.id === id);
  const published = plates.flatMap((from): Wanted[] => {
    const to = card(from.of.container.id);
    const change = joint(from.of.ports.map((port) => port.change));
    return to === undefined
      ? []
      : [
          {
            from,
            to,
            lane: from.of.container.id,
            change,
            end: "arrow",
            readOnly: false,
            range: [middle(to), middle(to)],
          },
        ];
  });
  const joined = containers.flatMap((from) =>
    from.of.attachments.flatMap(({ network: id, change }): Wanted[] => {
      const to = network(id);
      if (to === undefined) return [];
      const range = [to.x + 20, to.x + to.width - 20] as const;
      return [{ from, to, lane: `${from.of.id} ${id}`, change, end: "plug", readOnly: false, range }];
    }),
  );
  const mounted = containers.flatMap((from) =>
    from.of.mounts.flatMap(({ volume: id, change, readOnly }): Wanted[] => {
      const to = volume(id);
      return to === undefined
        ? []
        : [{ from, to, lane: id, change, end: "none", readOnly, range: [middle(to), middle(to)] }];
    }),
  );
  return [...published, ...joined, ...mounted];
}

/** The common change of all wires, or the first change among them. */
function joint(changes: readonly Change[]): Change {
  const [first = "same"] = changes;
  return changes.every((each) => each === first) ? first : "updated";
}

const middle = ({ x, width }: Rect): number => x + width / 2;

/** Several wires leave a card side by side, in the order of their targets. */
function exitsOf(wanted: readonly Wanted[]): Map<Wanted, number> {
  const exits = new Map<Wanted, number>();
  for (const from of new Set(wanted.map((each) => each.from))) {
    const own = wanted.filter((each) => each.from === from).sort((a, b) => goal(a) - goal(b));
    own.forEach((each, index) => exits.set(each, middle(from) + (index - (own.length - 1) / 2) * 22));
  }
  return exits;
}

const goal = ({ from, range: [low, high] }: Wanted): number => Math.min(high, Math.max(low, middle(from)));

interface Route {
  readonly start: readonly [number, number];
  /** The position on the upper side of the target. */
  readonly finish: number;
  readonly gutter: number | undefined;
  readonly channels: readonly number[];
}

function route({ from, to, range: [low, high] }: Wanted, exit: number, obstacles: readonly Rect[]): Route {
  const bottom = from.y + from.height;
  const start = [exit, bottom] as const;
  const free = (x: number): boolean =>
    !obstacles.some(
      (each) => each.x < x && x < each.x + each.width && each.y >= bottom && each.y + each.height <= to.y,
    );
  const ends = Math.min(high, Math.max(low, exit));
  // If a wire can end at the centre of its target, it can also begin there.
  if (Math.abs(ends - exit) < COLUMN / 4 && free(ends))
    return { start: [ends, bottom], finish: ends, gutter: undefined, channels: [] };
  if (Math.abs(from.below - to.above) < 1)
    return { start, finish: ends, gutter: undefined, channels: [to.above] };
  const columns = Math.max(...obstacles.map(({ x }) => Math.round((x - columnX(0)) / (COLUMN + GUTTER)))) + 1;
  const way = (gutter: number): number => Math.abs(exit - gutterX(gutter)) + Math.abs(ends - gutterX(gutter));
  const gutters = Array.from({ length: columns + 1 }, (_, index) => index);
  const gutter = gutters.reduce((best, each) => (way(each) < way(best) ? each : best), 0);
  return { start, finish: ends, gutter, channels: [from.below, to.above] };
}

/** Wires in the same gutter or channel run side by side. */
class Lanes {
  private readonly taken = new Map<string, string[]>();

  take(where: string, lane: string): void {
    const lanes = this.taken.get(where) ?? [];
    if (!lanes.includes(lane)) this.taken.set(where, [...lanes, lane]);
  }

  offset(where: string, lane: string): number {
    const lanes = this.taken.get(where) ?? [];
    const room = where.startsWith("|") ? GUTTER - 12 : ROW_GAP - 8;
    const apart = Math.min(LANE, room / Math.max(1, lanes.length - 1));
    return (lanes.indexOf(lane) - (lanes.length - 1) / 2) * apart;
  }
}
