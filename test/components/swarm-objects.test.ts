/** What is left of secrets is looked for by its labels: however many there are, nobody reads the whole swarm for each. */

import type Docker from "dockerode";

import { sweepObjects } from "../../components/swarm/engine/objects";

const owner = { project: "shop", stack: "dev", scope: "shop-dev" };

/** A manager that knows nothing but secrets. */
function manager(
  secrets: {
    readonly id: string;
    readonly name: string;
    readonly recorded?: string;
    readonly at: number;
    readonly identity?: string;
  }[],
) {
  const removed: string[] = [];
  const listed: string[][] = [];
  const engine = {
    listSecrets: ({ filters: { label } }: { filters: { label: string[] } }) => {
      listed.push(label);
      return Promise.resolve(
        secrets
          .map(({ id, name, recorded, at, identity = "ours" }) => ({
            ID: id,
            CreatedAt: new Date(at).toISOString(),
            Spec: {
              Name: id,
              Labels: {
                "io.dockwright.project": "shop",
                "io.dockwright.stack": "dev",
                "io.dockwright.identity": identity,
                "io.dockwright.kind": "secret",
                "io.dockwright.name": name,
                ...(recorded !== undefined && { "io.dockwright.recorded": recorded }),
              },
            },
          }))
          .filter(({ Spec }) =>
            label.every((each) => Object.entries(Spec.Labels).some((pair) => pair.join("=") === each)),
          ),
      );
    },
    getSecret: (id: string) => ({
      remove: () => {
        removed.push(id);
        return Promise.resolve();
      },
    }),
  };
  return { engine: engine as unknown as Docker, removed, listed };
}

it("removes what no state knows and what is beyond those to keep, of its own name alone", async () => {
  const { engine, removed, listed } = manager([
    { id: "current", name: "token", recorded: "kept", at: 5000 },
    { id: "before", name: "token", recorded: "kept", at: 4000 },
    { id: "long-ago", name: "token", recorded: "kept", at: 1000 },
    { id: "killed-run", name: "token", at: 4500 },
    { id: "other", name: "key", at: 1000 },
    { id: "of-another-backend", name: "token", at: 4500, identity: "theirs" },
  ]);
  await sweepObjects(engine, owner, "ours", "secret", "token", { current: "current", keep: 1 });
  expect(removed).toEqual(["killed-run", "long-ago"]);
  expect(listed).toHaveLength(1);
});
