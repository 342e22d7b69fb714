/** What the picture shows, and its two texts. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";

import { mermaid } from "../../../components/review/topology/draw/mermaid";
import type { Container, Host } from "../../../components/review/topology/model";
import { topologyOf } from "../../../components/review/topology/read/topology";
import { svg } from "../../../components/review/topology/draw/svg";
import type { Step } from "../../../components/review/step";
import { sample } from "./sample";
import { container, mounted, network, on, port, volume } from "./steps";

const golden = (name: string): string => readFileSync(join(__dirname, "golden", name), "utf8");

function only(steps: readonly Step[]): Host {
  const { hosts } = topologyOf(steps);
  expect(hosts).toHaveLength(1);
  return hosts[0] as Host;
}
const drawn = (host: Host): Container[] => host.networks.flatMap(({ containers }) => containers);
const named = (host: Host, name: string): Container =>
  drawn(host).find((each) => each.name === name) as Container;

test("the picture of the sample, as text for GitHub and as a drawing", () => {
  expect(mermaid(sample)).toBe(golden("topology.mmd"));
  expect(svg(sample)).toBe(golden("topology.svg"));
});

test("the order of the steps changes nothing", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...sample], { minLength: sample.length }), (steps) => {
      expect(mermaid(steps)).toBe(mermaid(sample));
      expect(svg(steps)).toBe(svg(sample));
    }),
    { numRuns: 30 },
  );
});

test("a container on two networks is drawn once and connected with the other", () => {
  const api = drawn(only(sample)).filter(({ name }) => name === "api-1");
  expect(api).toHaveLength(1);
  expect(api[0]?.attachments.map(({ change }) => change)).toEqual(["same", "added"]);
});

test("a network that has no id yet is known by the resource that it comes from; others by id or name", () => {
  const fresh = network("fresh", { after: {} });
  const known = network("known", { before: { id: "k1" }, after: { id: "k1" } });
  const host = only([
    fresh,
    known,
    container("a", {
      after: {
        inputs: on("k1", "[unknown]"),
        dependsOn: { networksAdvanced: [known.urn, fresh.urn] },
      },
    }),
    container("b", { after: { inputs: on("[unknown]") } }),
    container("c", { after: { inputs: on("somebody-elses") } }),
    container("d", { after: { inputs: { networkMode: "bridge" } } }),
  ]);
  const where = host.networks.map(({ name, containers }) => [name, containers.map((each) => each.name)]);
  expect(where).toEqual([
    ["fresh", ["a"]],
    ["known", []],
    ["default bridge", ["d"]],
    ["known after the update", ["b"]],
    ["somebody-elses", ["c"]],
  ]);
  expect(named(host, "a").attachments).toEqual([{ network: known.urn, change: "added" }]);
});

test("a port that opens to everybody shows both addresses", () => {
  const at = (ip: string): { inputs: Record<string, unknown> } => ({
    inputs: { ports: [port(80, 8080, ip)] },
  });
  const host = only([
    container("web", { before: at("127.0.0.1"), after: at("0.0.0.0"), changes: ["ports[0].ip"] }),
  ]);
  expect(named(host, "web").ports).toEqual([
    { host: "0.0.0.0:80", container: "8080/tcp", change: "added" },
    { host: "127.0.0.1:80", container: "8080/tcp", change: "removed" },
  ]);
});

test("a volume that is removed from the program shows whether its data stays", () => {
  const gone = (retained: boolean): string =>
    only([volume("data", { before: { inputs: { name: "x" }, retained } })]).volumes[0]?.note ?? "";
  expect(gone(true)).toBe("its data stays on the host");
  expect(gone(false)).toBe("");
});

test("each host is drawn by itself, under the names of the program", () => {
  const { hosts } = topologyOf([
    network("net", { after: { id: "n" } }),
    container("web", { before: { inputs: on("n") } }),
    network("net", { after: { id: "m" } }, "203.0.113.5"),
    container("web", { after: { inputs: on("m") } }, "203.0.113.5"),
  ]);
  expect(hosts.map(({ key, networks }) => [key, networks.map(({ name }) => name)])).toEqual([
    ["", ["net"]],
    ["203.0.113.5", ["net"]],
  ]);
  expect(hosts.map((host) => drawn(host).map(({ name, change }) => [name, change]))).toEqual([
    [["web", "removed"]],
    [["web", "added"]],
  ]);
});

test("replicas are folded when they are many and alike, and one that differs stands apart", () => {
  const workers = (count: number, changed?: number): Step[] =>
    Array.from({ length: count }, (_, index) =>
      container(`worker-${String(index + 1)}`, {
        before: { inputs: { image: "w" } },
        after: { inputs: { image: "w" } },
        changes: index + 1 === changed ? ["image"] : [],
      }),
    );
  const shown = (steps: readonly Step[]): string[] =>
    drawn(only(steps)).map(({ name, count }) => `${name} ×${String(count)}`);
  expect(shown(workers(3))).toEqual(["worker-1 ×1", "worker-2 ×1", "worker-3 ×1"]);
  expect(shown(workers(12))).toEqual(["worker ×12"]);
  expect(shown(workers(12, 7))).toEqual(["worker ×11", "worker-7 ×1"]);
});

test("no value of the environment, of a file or of a command is in a picture, whatever it is", () => {
  const inputs = {
    image: "app",
    envs: ["TOKEN=uncommon-marker"],
    command: ["uncommon-marker"],
    uploads: [{ content: "uncommon-marker" }],
    ports: "uncommon-marker",
    labels: [{ label: "uncommon-marker", value: "uncommon-marker" }],
  };
  const steps = [container("a", { before: { inputs: {} }, after: { inputs }, changes: ["envs[0]"] })];
  for (const text of [mermaid(steps), svg(steps)]) {
    expect(text).toContain("environment");
    expect(text).not.toContain("uncommon-marker");
  }
});

test("names mean nothing to Mermaid and to SVG", () => {
  const name = `end"];<b>&\`#{x}|subgraph\n`;
  const hostile = [
    network(name, { after: { id: "n" } }),
    container(name, { after: { inputs: { image: name, ...on("n"), volumes: [mounted(name)] } } }),
  ];
  for (const line of mermaid(hostile).split("\n")) {
    const texts = line.match(/"[^"]*"/g) ?? [];
    for (const text of texts) expect(text.replaceAll(/<b>|<\/b>|<br\/>/g, "")).not.toMatch(/[<>[\]{}|`]/);
    // Nothing outside of the quotes is from a name.
    expect(line.replaceAll(/"[^"]*"/g, "")).not.toMatch(/subgraph .*subgraph|\bend\b./);
  }
  const text = svg(hostile);
  expect(text.replaceAll(/<(\/?[a-z]+)( [a-zA-Z:-]+="[^"<>]*")*\/?>/g, "")).not.toMatch(/[<>"]/);
});

test("a preview without anything of Docker is a picture too", () => {
  expect(mermaid([])).toContain("nothing on Docker hosts");
  expect(svg([])).toContain("nothing on Docker hosts");
});
