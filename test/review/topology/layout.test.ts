/** Whatever the deployment: nothing lies over anything else, and no wire runs through a card. */

import fc from "fast-check";

import {
  type Layout,
  layoutOf,
  type PlacedHost,
  type Rect,
} from "../../../components/review/topology/draw/layout";
import type { Change, Container, Host, Network, Topology } from "../../../components/review/topology/model";
import { fitted, textWidth } from "../../../components/review/topology/draw/text-width";
import { wiresOf } from "../../../components/review/topology/draw/wires";

const change = fc.constantFrom<Change[]>("added", "removed", "replaced", "updated", "same");

interface Shape {
  readonly members: readonly {
    readonly ports: number;
    readonly others: readonly number[];
    readonly volumes: readonly number[];
  }[];
}

const shapes: fc.Arbitrary<{ networks: readonly Shape[]; volumes: number }> = fc.record({
  networks: fc.array(
    fc.record({
      members: fc.array(
        fc.record({
          ports: fc.constantFrom(0, 0, 0, 1, 3),
          others: fc.uniqueArray(fc.nat(5), { maxLength: 2 }),
          volumes: fc.uniqueArray(fc.nat(7), { maxLength: 3 }),
        }),
        { maxLength: 12 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  volumes: fc.nat(8),
});

/** As the reader makes it: the other networks of a container come after the one it is drawn in. */
const hosts: fc.Arbitrary<Host> = fc.tuple(shapes, change).map(([{ networks, volumes }, how]) => ({
  key: "",
  networks: networks.map(({ members }, index): Network => ({
    id: `n${String(index)}`,
    name: `network-${String(index)}`,
    note: "",
    change: how,
    containers: members.map(({ ports, others, volumes: mounted }, place): Container => ({
      id: `c${String(index)}-${String(place)}`,
      name: "web",
      kind: "container",
      change: how,
      image: "image",
      changes: [],
      count: 1,
      attachments: others
        .filter((other) => other > index && other < networks.length)
        .map((other) => ({ network: `n${String(other)}`, change: how })),
      ports: Array.from({ length: ports }, (_, port) => ({
        host: `127.0.0.1:${String(port)}`,
        container: "80/tcp",
        change: how,
      })),
      mounts: mounted
        .filter((each) => each < volumes)
        .map((each) => ({ volume: `v${String(each)}`, readOnly: false, change: how })),
    })),
  })),
  volumes: Array.from({ length: volumes }, (_, index) => ({
    id: `v${String(index)}`,
    name: "data",
    kind: "volume",
    change: how,
    note: "",
  })),
}));

const topologies: fc.Arbitrary<Topology> = fc
  .array(hosts, { minLength: 1, maxLength: 2 })
  .map((all) => ({ title: "a/b", hosts: all }));

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Rect, b: Rect): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

function faults({ hosts: placed, width, height }: Layout): string[] {
  const page = { x: 0, y: 0, width, height };
  return placed.flatMap((host) => [
    ...(inside(host.frame, page) ? [] : ["the frame leaves the page"]),
    ...placed
      .filter((other) => other !== host && overlap(other.frame, host.frame))
      .map(() => "frames overlap"),
    ...itemFaults(host, page),
    ...wireFaults(host, page),
  ]);
}

function itemFaults({ frame, networks, containers, volumes, plates }: PlacedHost, page: Rect): string[] {
  const items = [...containers, ...volumes, ...plates];
  return [
    ...[...containers, ...volumes, ...networks]
      .filter((each) => !inside(each, frame))
      .map(() => "outside of the frame"),
    ...plates.filter((each) => !inside(each, page)).map(() => "a plate outside of the page"),
    ...items.flatMap((a, index) =>
      items
        .slice(index + 1)
        .filter((b) => overlap(a, b))
        .map(() => "items overlap"),
    ),
    ...networks.flatMap((a, index) =>
      networks
        .slice(index + 1)
        .filter((b) => overlap(a, b))
        .map(() => "networks overlap"),
    ),
    ...networks.flatMap((box) =>
      containers
        .filter(({ of }) => !box.of.containers.some(({ id }) => id === of.id))
        .filter((each) => overlap(each, box))
        .map(() => "a container in a network that is not its own"),
    ),
  ];
}

function wireFaults(host: PlacedHost, page: Rect): string[] {
  const items = [...host.containers, ...host.volumes, ...host.plates];
  return wiresOf(host).flatMap(({ points }) =>
    points.slice(1).flatMap(([x, y], index) => {
      const [fromX, fromY] = points[index] ?? [x, y];
      const piece = {
        x: Math.min(x, fromX),
        y: Math.min(y, fromY),
        width: Math.abs(x - fromX) || 0.01,
        height: Math.abs(y - fromY) || 0.01,
      };
      return [
        ...(x !== fromX && y !== fromY ? ["a wire runs aslant"] : []),
        ...(inside(piece, page) ? [] : ["a wire leaves the page"]),
        ...items.filter((each) => overlap(each, piece)).map(() => "a wire runs through an item"),
      ];
    }),
  );
}

test("any deployment has room, at most 1200 wide", () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const layout = layoutOf(topology);
      expect(faults(layout)).toEqual([]);
      expect(layout.width).toBeLessThanOrEqual(1200);
    }),
    { numRuns: 300 },
  );
});

test("every port, further network and mount has its wire", () => {
  fc.assert(
    fc.property(hosts, (host) => {
      const [placed] = layoutOf({ title: "", hosts: [host] }).hosts;
      const containers = host.networks.flatMap((each) => each.containers);
      const count = containers.reduce(
        (sum, { ports, attachments, mounts }) =>
          sum + Math.min(1, ports.length) + attachments.length + mounts.length,
        0,
      );
      expect(wiresOf(placed as PlacedHost)).toHaveLength(count);
    }),
  );
});

test("a text is made to fit, and keeps its end", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 20, max: 200 }), (text, room) => {
      expect(textWidth(fitted(text, 12, room), 12)).toBeLessThanOrEqual(room);
    }),
  );
  expect(fitted("worker-with-a-long-name-17", 12, 100)).toMatch(/^worker.*…?-17$/);
});
