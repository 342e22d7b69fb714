/** Deletions and changes that a killed run had begun: what the command makes of a state. */

import { hasInterrupted, type Presence, settleInterrupted } from "../../components/cli/recovery/interrupted";
import type { ExportedStack, Recorded } from "../../components/cli/recovery/state";

const record = (kind: string, name: string, more: object = {}): Recorded => ({
  urn: `urn:pulumi:dev::shop::docker:index/${kind}::${name}`,
  type: `docker:index/${kind}`,
  id: name,
  ...more,
});
const image = record("remoteImage:RemoteImage", "image");
const network = record("network:Network", "network");
const web = record("container:Container", "web", {
  dependencies: [image.urn, network.urn],
  propertyDependencies: { image: [image.urn], networksAdvanced: [network.urn], name: null },
});
const state = (resources: Recorded[], ...operations: [string, Recorded][]): ExportedStack => ({
  deployment: {
    resources,
    pending_operations: operations.map(([type, resource]) => ({ type, resource })),
  },
});
/** The ids that the host has; it does not answer for the others that are named. */
const host =
  (...ids: string[]): Presence =>
  ({ id = "" }) =>
    Promise.resolve(id.startsWith("?") ? undefined : ids.includes(id));

test("P6 gone: record and operation are dropped, and what depends on it stays", async () => {
  const before = state([image, network, web], ["deleting", image]);
  const { state: after, gone, there } = await settleInterrupted(before, host("network", "web"));
  expect([gone, there]).toEqual([[image], []]);
  expect(after.deployment.pending_operations).toEqual([]);
  expect(after.deployment.resources).toEqual([
    network,
    {
      ...web,
      dependencies: [network.urn],
      propertyDependencies: { image: [], networksAdvanced: [network.urn], name: [] },
    },
  ]);
});

test("P6 still there: only the operation is dropped", async () => {
  const before = state([image, network, web], ["deleting", web], ["updating", network]);
  const { state: after, there } = await settleInterrupted(before, host("image", "network", "web"));
  expect(there).toEqual([web, network]);
  expect(after).toEqual(state([image, network, web]));
});

test("one generation of a container is dropped, and what refers to the other stays", async () => {
  const old = { ...web, id: "old", delete: true };
  const proxy = record("container:Container", "proxy", { dependencies: [web.urn] });
  const before = state([web, proxy, old], ["deleting", old]);
  const { state: after } = await settleInterrupted(before, host("web", "proxy"));
  expect(after).toEqual(state([web, proxy]));
});

test("the last record of a state is dropped as well", async () => {
  const { state: after } = await settleInterrupted(state([image], ["deleting", image]), host());
  expect(after).toEqual(state([]));
});

test.each<[string, ExportedStack]>([
  ["a creation", state([web], ["creating", image])],
  ["another provider's", state([web], ["deleting", { ...web, type: "aws:s3/bucket:Bucket" }])],
  [
    "one on another host",
    state(
      [{ urn: "urn:p", type: "pulumi:providers:docker", id: "x", inputs: { host: "ssh://far" } }],
      ["deleting", { ...web, provider: "urn:p::x" }],
    ),
  ],
])("not judged here: %s", async (_, before) => {
  expect(hasInterrupted(before)).toBe(false);
  expect((await settleInterrupted(before, host())).state).toBe(before);
});

test("P7 nothing is dropped where the host does not answer, or has nothing of the state", async () => {
  const silent = { ...web, id: "?" };
  const unanswered = state([network, silent], ["deleting", silent]);
  expect((await settleInterrupted(unanswered, host("network"))).state).toBe(unanswered);
  const elsewhere = state([network, image, web], ["deleting", web]);
  expect((await settleInterrupted(elsewhere, host("foreign"))).state).toBe(elsewhere);
});
