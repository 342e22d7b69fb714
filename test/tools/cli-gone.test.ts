/** Which objects of a swarm the command `dockwright` forgets: a pure part of what a killed run has left. */

import { goneFromSwarm } from "../../components/cli/recovery/gone";
import type { ExportedStack } from "../../components/cli/recovery/state";

describe("what is gone from a swarm though a state has it", () => {
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

  test("one that was replaced, and what the program has no more", () => {
    expect(gone(["new"], secret("word", "new"), secret("word", "old", old), secret("past", "left"))).toEqual([
      "old",
      "left",
    ]);
  });

  test("not what is there, nor what another thing was made after", () => {
    const service = {
      ...secret("web", "web"),
      type: "docker:index/service:Service",
      dependencies: [urn("word")],
    };
    expect(gone(["web", "old"], service, secret("word", "new"), secret("word", "old", old))).toEqual([]);
  });

  test("not on a swarm on which nothing of the state stands, on another host, or of another kind", () => {
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
