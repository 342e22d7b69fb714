import * as fc from "fast-check";
import {
  type Binding,
  bindingsOf,
  clash,
  portFaults,
  type PortMapping,
  portMapping,
  showBinding,
} from "../../components/container/ports/port";

const port = fc.integer({ min: 1, max: 65_535 });
const protocol = fc.constantFrom("tcp" as const, "udp" as const, "sctp" as const);
const span = fc
  .tuple(
    fc.integer({ min: 1, max: 65_000 }),
    fc.integer({ min: 1, max: 65_000 }),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([container, host, more]): PortMapping => ({
    container: `${container}-${container + more}`,
    host: `${host}-${host + more}`,
  }));

const binding = (given: Partial<Binding>): Binding => ({
  address: "127.0.0.1",
  container: 80,
  host: 8080,
  protocol: "tcp",
  ...given,
});

test.each<[string, PortMapping, Binding[]]>([
  ["a port on loopback that Docker picks", { container: 80 }, [binding({ host: undefined })]],
  ["a port of the host", { container: 80, host: 8080 }, [binding({})]],
  [
    "all addresses when public",
    { container: 80, host: 8080, expose: "public" },
    [binding({ address: "0.0.0.0" })],
  ],
  [
    "one address when public",
    { container: 80, host: 8080, expose: "public", address: "10.0.0.1" },
    [binding({ address: "10.0.0.1" })],
  ],
  [
    "a range, pair by pair",
    { container: "53-54", host: "153-154", protocol: "udp" },
    [
      binding({ container: 53, host: 153, protocol: "udp" }),
      binding({ container: 54, host: 154, protocol: "udp" }),
    ],
  ],
])("a mapping is %s", (_, mapping, bindings) => {
  expect(portMapping.safeParse(mapping).success).toBe(true);
  expect(bindingsOf([mapping])).toEqual(bindings);
});

test("a range keeps its length and its distance to the host", () => {
  fc.assert(
    fc.property(span, (mapping) => {
      const [first, last] = String(mapping.container).split("-").map(Number) as [number, number];
      const [host] = String(mapping.host).split("-").map(Number) as [number];
      const bindings = bindingsOf([mapping]);
      expect(bindings).toHaveLength(last - first + 1);
      for (const each of bindings) expect((each.host ?? 0) - each.container).toBe(host - first);
    }),
  );
});

test("ports come in the order in which the Engine reports them, whatever order the program has", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ container: port, host: port, protocol }), {
        selector: (each) => `${each.container}/${each.protocol}`,
      }),
      fc.infiniteStream(fc.nat()),
      (mappings, keys) => {
        const shuffled = mappings
          .map((each) => [Number(keys.next().value), each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        expect(bindingsOf(shuffled)).toEqual(bindingsOf(mappings));
        const containers = bindingsOf(mappings).map(({ container }) => container);
        expect(containers).toEqual([...containers].sort((a, b) => a - b));
      },
    ),
  );
});

test.each<[string, Partial<Binding>, Partial<Binding>, boolean]>([
  ["the same port", {}, { container: 81 }, true],
  ["another port", {}, { host: 8081 }, false],
  ["another protocol", {}, { protocol: "udp" }, false],
  ["another address", {}, { address: "127.0.0.2" }, false],
  ["all addresses", {}, { address: "0.0.0.0" }, true],
  ["all IPv6 addresses", {}, { address: "::" }, true],
  ["ports that Docker picks", { host: undefined }, { host: undefined }, false],
])("two containers clash or not: %s", (_, first, second, expected) => {
  expect(clash(binding(first), binding(second))).toBe(expected);
  expect(clash(binding(second), binding(first))).toBe(expected);
});

test("one port with two protocols is valid", () => {
  const both: PortMapping[] = [
    { container: 53, host: 53 },
    { container: 53, host: 53, protocol: "udp" },
  ];
  expect(portFaults(both)).toEqual([]);
});

test("a long list of free ports is valid, and a conflicting range names each port", () => {
  const single = Array.from({ length: 5 }, (_, index): PortMapping => ({ container: 100 + index }));
  expect(portFaults(single)).toEqual([]);
  expect(portFaults([...single, { container: "100-104" }]).map(({ path }) => path)).toEqual(
    Array.from({ length: 5 }, () => "ports[5].container"),
  );
});

test.each([
  [{}, "127.0.0.1:8080/tcp"],
  [{ address: "::1", protocol: "udp" as const }, "[::1]:8080/udp"],
])("a binding reads as Docker writes it", (given, text) => {
  expect(showBinding(binding(given))).toBe(text);
});
