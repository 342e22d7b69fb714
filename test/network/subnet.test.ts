import * as fc from "fast-check";
import { ipAddress, ipv4Number } from "../../components/network/ip-address";
import {
  isUsable,
  subnetFaults,
  subnetInputs,
  subnetShape,
  withGateway,
} from "../../components/network/subnet";

const dotted = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

/** A range that starts at its first address. */
const block = fc
  .tuple(fc.integer({ min: 8, max: 30 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
  .map(([bits, at]) => {
    const size = 2 ** (32 - bits);
    return { first: Math.floor(at / size) * size, size, bits };
  });
const written = ({ first, bits }: { first: number; bits: number }): string => `${dotted(first)}/${bits}`;

test("a range that starts at its first address is taken, one that does not is refused", () => {
  fc.assert(
    fc.property(block, (each) => {
      expect(subnetShape.subnet.safeParse(written(each)).success).toBe(true);
      expect(subnetShape.subnet.safeParse(written({ ...each, first: each.first + 1 })).success).toBe(false);
    }),
  );
});

test("two ranges overlap in the same way from both sides", () => {
  fc.assert(
    fc.property(block, block, (a, b) => {
      const faults = (mine: string, other: string) =>
        subnetFaults({ subnet: mine }, [{ name: "x", subnet: other }]);
      const meet = a.first < b.first + b.size && b.first < a.first + a.size;
      expect(faults(written(a), written(b))).toHaveLength(meet ? 1 : 0);
      expect(faults(written(b), written(a))).toHaveLength(meet ? 1 : 0);
    }),
  );
});

test("the first and the last address of a range are for no container", () => {
  fc.assert(
    fc.property(block, (each) => {
      const subnet = written(each);
      expect(isUsable(dotted(each.first), subnet)).toBe(false);
      expect(isUsable(dotted(each.first + 1), subnet)).toBe(true);
      expect(isUsable(dotted(each.first + each.size - 2), subnet)).toBe(true);
      expect(isUsable(dotted(each.first + each.size - 1), subnet)).toBe(false);
    }),
  );
});

test("a part may be the whole range", () => {
  const subnet = "10.20.0.0/24";
  expect(subnetFaults({ subnet, ipRange: subnet, gateway: "10.20.0.1" }, [])).toEqual([]);
});

test.each([
  [{}, undefined],
  [{ subnet: "10.20.0.0/24" }, "10.20.0.1"],
  [{ subnet: "10.20.0.0/24", gateway: "10.20.0.254" }, "10.20.0.254"],
  [{ subnet: "10.20.0.0/24", ipRange: "10.20.0.128/25" }, "10.20.0.128"],
  [{ subnet: "10.20.0.0/24", ipRange: "10.20.0.0/25" }, "10.20.0.1"],
  [{ subnet: "192.168.255.252/30" }, "192.168.255.253"],
])("the gateway of %j is the one that Docker picks", (given, gateway) => {
  expect(withGateway(given).gateway).toBe(gateway);
});

test.each([
  [{}, {}],
  [{ subnet: "10.20.0.0/24" }, { ipamConfigs: [{ subnet: "10.20.0.0/24" }] }],
  [
    { subnet: "10.20.0.0/24", gateway: "10.20.0.1", ipRange: "10.20.0.128/25" },
    { ipamConfigs: [{ subnet: "10.20.0.0/24", gateway: "10.20.0.1", ipRange: "10.20.0.128/25" }] },
  ],
])("%j becomes these inputs", (subnet, inputs) => {
  expect(subnetInputs(subnet)).toEqual(inputs);
});

test.each([
  ["127.0.0.1", true],
  ["::1", true],
  ["fd00::1", true],
  ["127.0.0.01", false],
  ["256.0.0.1", false],
  ["fe80::1%eth0", false],
  ["", false],
])("%s is an address or not", (text, expected) => {
  expect(ipAddress.safeParse(text).success).toBe(expected);
});

test.each([
  ["0.0.0.0", 0],
  ["255.255.255.255", 4_294_967_295],
  ["10.20.0.5", 169_082_885],
  ["::1", undefined],
])("%s as a number", (text, value) => {
  expect(ipv4Number(text)).toBe(value);
});
