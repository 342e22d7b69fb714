/** The short forms of ports and volumes. */

import { parsePorts } from "../../components/compose/model/normalise/ports";
import { parseVolume } from "../../components/compose/model/normalise/volumes";

const shown = (text: string): readonly string[] | string => {
  const ports = parsePorts(text);
  return typeof ports === "string"
    ? ports
    : ports.map(
        ({ hostIp, published, target, protocol }) => `${hostIp}|${published}|${String(target)}|${protocol}`,
      );
};

test.each([
  ["80", ["||80|tcp"]],
  ["8080:80", ["|8080|80|tcp"]],
  ["127.0.0.1:8080:80", ["127.0.0.1|8080|80|tcp"]],
  ["127.0.0.1::80", ["127.0.0.1||80|tcp"]],
  ["[::1]:8080:80/udp", ["::1|8080|80|udp"]],
  ["::1:8080:80", ["::1|8080|80|tcp"]],
  ["53:53/UDP", ["|53|53|udp"]],
  ["8000-8002:80", ["|8000-8002|80|tcp"]],
  ["8000-8001:80-81", ["|8000|80|tcp", "|8001|81|tcp"]],
  ["9-10", ["||10|tcp", "||9|tcp"]],
])("the port %s", (text, ports) => {
  expect(shown(text)).toEqual(ports);
});

test.each([
  ["", "no container port"],
  ["80:", "no container port"],
  ["80:http", "container port"],
  ["http:80", "host port"],
  ["80/icmp", "protocol"],
  ["localhost:80:80", "address"],
  ["80-82:80-81", "different length"],
  ["70000", "container port"],
  ["82-80", "container port"],
])("%j is no port", (text, why) => {
  expect(shown(text)).toContain(why);
});

test.each([
  ["/data", { type: "volume", target: "/data" }],
  ["data:/data", { type: "volume", source: "data", target: "/data" }],
  ["./data:/data:ro", { type: "bind", source: "./data", target: "/data", readOnly: true }],
  ["~/x:/x", { type: "bind", source: "~/x", target: "/x" }],
  ["data:/data:nocopy", { type: "volume", source: "data", target: "/data", noCopy: true }],
  ["/a:/b:rshared,Z", { type: "bind", source: "/a", target: "/b", propagation: "rshared", selinux: "Z" }],
  ["C:\\x:/x", { type: "bind", source: "C:\\x", target: "/x" }],
  ["v:/v", { type: "volume", target: "v:/v" }],
])("the volume %s", (text, volume) => {
  expect(parseVolume(text)).toEqual(volume);
});

test.each(["", "ab::c", ":/a", "ab:/b:ro:x", "ab:/b:"])("%j is not a valid volume", (text) => {
  expect(parseVolume(text)).toBeUndefined();
});
