/** Which objects of a swarm the command `dockwright` forgets: a pure part of what a killed run has left. */

import { goneFromSwarm } from "../../components/cli/recovery/gone";
import type { ExportedStack } from "../../components/cli/recovery/state";

describe("swarm objects in the state that no longer exist", () => {
  const urn = (name: string): string => `urn:pulumi:dev::shop::docker:index/secret:Secret::${name}`;
  const secret = (name: string, id: string, more: object = {}) => ({
    urn: urn(name),
    type: "docker:index/secret:Secret",
    id,
    ...more,
  });
  const gone = (live: string[], ...resources: object[]): (string | undefined)[] =>
    goneFromSwarm({ deployment: { resources } } as ExportedStack, new Set(live)).map(({ id }) => id);
  const old = { delete: true };

  test("a replaced one, and one that is no longer in the program", () => {
    expect(gone(["new"], secret("word", "new"), secret("word", "old", old), secret("past", "left"))).toEqual([
      "old",
      "left",
    ]);
  });

  test("not existing objects, nor objects with dependents", () => {
    const service = {
      ...secret("web", "web"),
      type: "docker:index/service:Service",
      dependencies: [urn("word")],
    };
    expect(gone(["web", "old"], service, secret("word", "new"), secret("word", "old", old))).toEqual([]);
  });

  test("not on a swarm without any object of the state, on another host, or of another kind", () => {
    expect(gone(["foreign"], secret("word", "new"), secret("word", "old", old))).toEqual([]);
    const far = { urn: "urn:p", type: "pulumi:providers:docker", id: "x", inputs: { host: "ssh://far" } };
    expect(gone(["a"], secret("a", "a"), far, secret("b", "b", { provider: "urn:p::x", ...old }))).toEqual(
      [],
    );
    expect(
      gone(["a"], secret("a", "a"), { ...secret("c", "c", old), type: "docker:index/container:Container" }),
    ).toEqual([]);
  });
});
