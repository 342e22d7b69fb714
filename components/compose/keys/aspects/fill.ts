/** What Compose fills in where a file says nothing. */

import { get, type MapNode, type Scalar, scalar, toPlain, withKey } from "../../source/node";
import type { Rewrite } from "../../source/patterns";
import { plainText } from "../../model/values";

/** Keys that are not there, with the values that they stand for. */
export const fill =
  (defaults: (node: MapNode) => Readonly<Record<string, Scalar>>): Rewrite =>
  (node) =>
    node.kind !== "map"
      ? node
      : Object.entries(defaults(node)).reduce(
          (result, [key, value]) =>
            result.entries.has(key) ? result : withKey(result, key, scalar(value, node.place)),
          node,
        );

/** Every device, unless a number of them or certain ones are asked for. */
export const everyDevice = fill((node): Record<string, string> =>
  node.entries.has("device_ids") ? {} : { count: "all" },
);

export const secretPath = fill((node) => ({
  target: `/run/secrets/${plainText(toPlain(get(node, "source") ?? scalar("", node.place)))}`,
}));
