/** Defaults that Compose fills in. */

import { get, type MapNode, type Scalar, scalar, toPlain, withKey } from "../../source/node";
import type { Rewrite } from "../../source/patterns";
import { plainText } from "../../model/values";

/** Missing keys with their default values. */
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

/** All devices, unless a number or certain ones are requested. */
export const everyDevice = fill((node): Record<string, string> =>
  node.entries.has("device_ids") ? {} : { count: "all" },
);

export const secretPath = fill((node) => ({
  target: `/run/secrets/${plainText(toPlain(get(node, "source") ?? scalar("", node.place)))}`,
}));
