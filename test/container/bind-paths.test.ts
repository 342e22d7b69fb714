/** Paths of the host that a container binds: which must exist, and how the Engine is asked. */

import type Docker from "dockerode";

import { containerConflicts, missingPaths } from "../../components/container/conflicts";
import { hasPath } from "../../components/container/mounts/engine";
import type { Mount } from "../../components/container/mounts/mount";
import type { HostView } from "../../components/deployment/look/host-view";

const answering = (statusCode: number, message: string, asked: object[] = []): Docker =>
  ({
    createContainer: (options: object) => {
      asked.push(options);
      return Promise.reject(Object.assign(new Error(message), { statusCode }));
    },
  }) as unknown as Docker;

test.each<[string, number, string, boolean | undefined]>([
  ["no such image: the path was accepted", 404, "No such image: sha256:0", true],
  ["a missing path", 400, 'invalid mount config for type "bind": bind source path does not exist: /x', false],
  ["another refusal", 400, "invalid mount path", undefined],
  ["a proxy that does not allow the question", 403, "Forbidden", undefined],
])("the Engine answers with %s", async (_, status, message, there) => {
  const asked: object[] = [];
  expect(await hasPath(answering(status, message, asked), "/srv/x")).toBe(there);
  expect(asked).toMatchObject(
    [{ Image: /^sha256:0{64}$/, HostConfig: { Mounts: [{ Type: "bind", Source: "/srv/x" }] } }].map(
      (each) => ({ ...each, Image: expect.stringMatching(each.Image) as unknown }),
    ),
  );
});

const only =
  (...paths: readonly string[]): HostView["hasPath"] =>
  (path) =>
    Promise.resolve(path === "/unknown" ? undefined : paths.includes(path));

test("each missing path is named once, and one that is unknown is not", async () => {
  expect(await missingPaths(only("/a"), ["/b", "/a", "/b", "/unknown", "/c"])).toEqual(["/b", "/c"]);
});

async function conflictsOf(mounts: readonly Mount[]): Promise<readonly string[]> {
  const view = { containers: [], engine: { cpus: 1, logDrivers: [] }, hasPath: only("/srv/there") };
  const found = await containerConflicts(view as unknown as HostView, {
    what: 'container "web"',
    owner: { scope: "shop-test" } as never,
    claim: { name: "web", hostName: "shop-test-web", bindings: [], addresses: [] },
    args: { mounts },
    takenOver: () => false,
  });
  return found.map(({ why }) => why);
}

test("a missing path is a conflict, unless Docker creates it", async () => {
  expect(await conflictsOf([{ bind: "/srv/missing", path: "/a" }])).toEqual([
    "/srv/missing does not exist on the host",
  ]);
  expect(await conflictsOf([{ bind: "/srv/missing", path: "/a", createHostPath: true }])).toEqual([]);
  expect(await conflictsOf([{ bind: "/srv/there", path: "/a" }])).toEqual([]);
  expect(await conflictsOf([{ bind: "/unknown", path: "/a", createHostPath: false }])).toEqual([]);
});
