import type { Binding } from "../../components/container/ports/port";
import {
  clashFaults,
  portInput,
  publishedPorts,
  unpublishedText,
} from "../../components/container/ports/published";

test.each([
  ["an address of loopback", { ip: "127.0.0.1" }, "127.0.0.1:8080"],
  ["all addresses, which this host reaches by loopback", { ip: "0.0.0.0" }, "127.0.0.1:8080"],
  ["no address", {}, "127.0.0.1:8080"],
  ["an empty address", { ip: "" }, "127.0.0.1:8080"],
  ["another address", { ip: "10.0.0.1" }, "10.0.0.1:8080"],
  ["IPv6", { ip: "::1" }, "[::1]:8080"],
  ["all of IPv6, which this host reaches by loopback", { ip: "::" }, "[::1]:8080"],
])("a port on %s answers where a client can connect", (_, given, endpoint) => {
  expect(publishedPorts([{ internal: 80, external: 8080, ...given }])).toEqual({ "80/tcp": endpoint });
});

test("ports of both protocols are listed", () => {
  expect(
    publishedPorts([
      { internal: 53, external: 1053, protocol: "tcp" },
      { internal: 53, external: 1054, protocol: "udp" },
    ]),
  ).toEqual({ "53/tcp": "127.0.0.1:1053", "53/udp": "127.0.0.1:1054" });
});

const binding: Binding = { address: "127.0.0.1", container: 80, host: 8080, protocol: "tcp" };

test("a port that Docker picks is not said", () => {
  expect(portInput(binding)).toEqual({ internal: 80, external: 8080, ip: "127.0.0.1", protocol: "tcp" });
  expect(portInput({ ...binding, host: undefined })).not.toHaveProperty("external");
});

test("a clash names both containers, each port of them, and the name", () => {
  const claim = (name: string, bindings: Binding[]) => ({ name, hostName: "shop-web", bindings });
  const other = { ...binding, host: 8443 };
  const faults = clashFaults(claim("second", [binding, other]), [claim("first", [other, binding])]);

  expect(faults.map(({ path }) => path)).toEqual(["name", "ports", "ports"]);
  for (const { text } of faults) expect(text).toContain('container "first"');
});

test("a long range is not listed to its end", () => {
  const range = Array.from({ length: 20 }, (_, index): Binding => ({ ...binding, container: 8000 + index }));
  const asked = { name: "web", method: "endpoint", port: 80, protocol: "tcp" } as const;
  expect(unpublishedText(asked, range)).toMatch(/8007\/tcp and 12 more are$/);
  expect(unpublishedText({ ...asked, port: 8019 }, range)).toBeUndefined();
});
