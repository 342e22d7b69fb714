/** How two stacks differ, whatever they are called and whether they stand yet. */

import { diffText } from "../../components/cli/commands/diff";
import { stackDifferences } from "../../components/review/differences";
import { readPreview } from "../../components/review/read";
import { container, digestText, network, type Resource, urnOf } from "./digest";

const inStack = (stack: string, ...resources: Resource[]) =>
  readPreview(digestText(resources).replaceAll("urn:pulumi:prod::", `urn:pulumi:${stack}::`));
const web = (after: object, more: Partial<Resource> = {}): Resource => ({
  op: "create",
  type: container,
  name: "web",
  of: "Container web",
  after,
  ...more,
});

test("names of the stack itself are no difference", () => {
  const named = (stack: string) =>
    inStack(
      stack,
      web({
        name: `shop-${stack}-web-1`,
        image: `shop-${stack}/web:abc`,
        labels: [{ label: "io.dockwright.stack", value: stack }],
      }),
    );
  expect(stackDifferences(named("staging"), named("prod"))).toEqual([]);
});

test("fields are compared in the words of a program, and resources by name", () => {
  const one = inStack("staging", web({ memory: 64, memorySwap: 64, envs: ["LOG=info"] }));
  const other = inStack("prod", web({ memory: 128, memorySwap: 128, envs: ["LOG=info", "MORE=1"] }), {
    ...web({}),
    name: "web-2",
  });
  const found = stackDifferences(one, other);
  expect(found).toEqual([
    {
      title: 'container "web"',
      in: "both",
      fields: [
        { path: "memoryMiB", one: "64", other: "128" },
        { path: "environment.MORE", one: undefined, other: "1" },
      ],
    },
    { title: 'container "web-2"', in: "other", fields: [] },
  ]);
  expect(diffText(["staging", "prod"], found)).toBe(
    'staging | prod: 2 resources differ\n\ncontainer "web"\n  memoryMiB: 64 | 128\n  environment.MORE: nothing | 1\ncontainer "web-2": only in prod\n',
  );
});

test("one that stands and one that does not are alike where the program is the same", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const net: Resource = {
    op: "same",
    type: network,
    name: "net",
    of: "BridgeNetwork net",
    id: "abc",
    after: { driver: "bridge" },
  };
  const from = { networksAdvanced: [urnOf(net)] };
  const stands = inStack(
    "staging",
    net,
    web({ networksAdvanced: [{ name: "abc" }], labels: [{ label: "a", value: "b" }] }, { op: "same" }),
  );
  const coming = digestText([
    { ...net, op: "create" },
    web({ networksAdvanced: [{ name: unknown }], labels: unknown }, { from }),
  ]);
  expect(stackDifferences(stands, readPreview(coming))).toEqual([]);
});
