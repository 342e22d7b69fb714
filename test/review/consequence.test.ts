/** What a run announces is one line per component, and a review reads the same from it. */

import fc from "fast-check";

import { review } from "../../components/review/classify";
import { json } from "../../components/review/format/json";
import {
  closingLine,
  consequenceKinds,
  consequenceText,
  isClosingLine,
  readConsequences,
} from "../../components/provider/consequence";
import { opened } from "../../components/provider/exposure";
import { unmounted } from "../../components/provider/mounted";
import { widened } from "../../components/provider/powers";
import { readTold, verdictOf } from "./honesty/told";
import { container, network, preview, type Resource, volume } from "./digest";

const what = 'container "web"';

test("what is written is read again, by the product and by the test of its honesty alike", () => {
  const some = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom(...consequenceKinds),
      why: fc.stringMatching(/^[a-z0-9,() /]{1,30}$/),
    }),
    { minLength: 1, selector: ({ kind }) => kind },
  );
  fc.assert(
    fc.property(some, (given) => {
      const text = consequenceText(what, given);
      const all = given.map((each) => ({ ...each, what }));
      const sorted = [...all].sort(
        (a, b) => consequenceKinds.indexOf(a.kind) - consequenceKinds.indexOf(b.kind),
      );
      expect(readConsequences(text)).toEqual(sorted);
      const told = readTold(`    warning: ${text}\n    warning: ${String(closingLine(all))}\n`);
      expect(told.components.get(what)).toEqual(sorted.map(({ kind, why }) => ({ word: kind, why })));
      expect(told.verdict).toBe(verdictOf(told));
    }),
  );
});

test.each([
  ["takeover", 'container "web": web (Up 2 minutes), created by an unknown owner, is taken over: it stops'],
  [
    "data loss",
    'volume "data": shop-data no longer exists on the host, and its data is lost; an up recreates it, EMPTY',
  ],
])("%s has its own wording", (kind, text) => {
  expect(readConsequences(text)).toEqual([
    { kind, what: text.slice(0, text.indexOf(": ")), why: text.slice(text.indexOf(": ") + 2) },
  ]);
});

test("any other text is none", () => {
  expect(
    readConsequences('container "web": web was changed by hand (memory: 1 MiB); it is replaced'),
  ).toEqual([]);
  expect(closingLine([])).toBeUndefined();
});

const web: Resource = {
  op: "replace",
  type: container,
  name: "web",
  of: "Container web",
  order: "start-first",
};
const urn = "urn:pulumi:prod::shop::dockwright:index:Container::web";
const said = (message: string, of: string | undefined = urn): object => ({
  ...(of && { urn: of }),
  message,
  severity: "warning",
});

describe("a review", () => {
  const impactsOf = (resources: readonly Resource[], ...diagnostics: object[]): string[] => {
    const found = review(preview(resources, diagnostics));
    return found.components.flatMap(({ title, impacts }) =>
      impacts.map(({ kind, reason }) => `${title}: ${kind}: ${reason}`),
    );
  };

  test("reports a handover as the run announced it", () => {
    expect(
      impactsOf(
        [{ ...web, op: "create" }],
        said(`${what}: brief outage: it takes over port 127.0.0.1:80/tcp from shop-other, which stops first`),
      ),
    ).toEqual([
      `${what}: outage: it takes over port 127.0.0.1:80/tcp from shop-other, which stops first`,
      `${what}: addition: `,
    ]);
  });

  test("does not say that what is down now serves until the new one is ready", () => {
    expect(impactsOf([web], said(`${what}: down now: it was removed manually; this up starts it`))).toEqual([
      `${what}: down-now: it was removed manually; this up starts it`,
    ]);
  });

  test("reports the lost data of a manually removed volume, although no step shows it", () => {
    const data: Resource = { op: "same", type: volume, name: "data", of: "Volume data" };
    const text =
      'volume "data": d no longer exists on the host, and its data is lost; an up recreates it, EMPTY';
    expect(impactsOf([data], said(text, undefined))).toEqual([
      'volume "data": data-loss: d no longer exists on the host, and its data is lost; an up recreates it, EMPTY',
    ]);
  });

  test("lists no announcement among its notes, and says what is taken over", () => {
    const found = review(
      preview(
        [web],
        [
          said(`${what}: w, created by an unknown owner, is taken over: it stops`),
          said(`verdict: takeover of ${what}`, ""),
        ],
      ),
    );
    expect(found.notes).toEqual([]);
    expect(JSON.parse(json(found))).toMatchObject({ worst: "takeover", notes: [] });
    expect(isClosingLine("verdict: x")).toBe(true);
  });

  test("reports a network that is no longer internal as the run does", () => {
    const text =
      'network "net": exposure widened: its containers can reach external networks, and its ports can be published';
    const net: Resource = {
      ...{ op: "replace", type: network, name: "net", of: "BridgeNetwork net" },
      before: { internal: true },
      after: { internal: false },
    };
    expect(impactsOf([net], said(text))[0]).toBe(text.replace("exposure widened", "exposure"));
    expect(impactsOf([net], said(text)).filter((each) => each.includes("exposure"))).toHaveLength(1);
  });
});

describe("of what the last run left", () => {
  const port = { internal: 80, ip: "0.0.0.0", protocol: "tcp" };

  test("a free port is the one that Docker chose", () => {
    expect(opened({ ports: [{ ...port, external: 32768 }] }, { ports: [port] })).toEqual([]);
    expect(opened({ ports: [{ ...port, ip: "127.0.0.1" }] }, { ports: [port] })).toHaveLength(1);
    expect(opened({ ports: [{ ...port, external: 1 }] }, { ports: [{ ...port, external: 2 }] })).toHaveLength(
      1,
    );
  });

  test("only new privileges are reported, and for a new container those beyond Docker's defaults", () => {
    expect(widened({}, { privileged: true }).map(({ text }) => text)).toEqual([
      "runs privileged: it controls the host",
    ]);
    expect(widened({ readOnly: true }, {}).map(({ text }) => text)).toEqual([
      "may write to its root file system",
    ]);
    expect(widened(undefined, {})).toEqual([]);
  });

  test("a volume whose name is not known yet is none that is left behind", () => {
    const before = { volumes: [{ containerPath: "/data", volumeName: "d" }] };
    expect(unmounted(before, { volumes: [{ containerPath: "/data", volumeName: {} }] })).toEqual([]);
    expect(unmounted(before, { volumes: "[unknown]" })).toEqual([]);
    expect(unmounted(before, {}).map(({ text }) => text)).toEqual(["no longer mounts the volume d at /data"]);
  });
});
