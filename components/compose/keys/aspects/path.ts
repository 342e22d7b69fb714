/** Makes the paths of a project absolute. */

import type { Findings } from "../../source/faults";
import { get, textOf, withKey } from "../../source/node";
import { type Folders, resolvePath } from "../../source/paths";
import type { Rewrite } from "../../source/patterns";

type PathRewrite = Rewrite<[Folders, Findings]>;

const unless =
  (stays: (path: string) => boolean): PathRewrite =>
  (node, _path, folders) => {
    const text = textOf(node);
    if (text === undefined || node.kind !== "scalar" || stays(text)) return node;
    return { ...node, value: resolvePath(folders, text) };
  };

export const path = unless(() => false);
export const pathUnlessEmpty = unless((text) => text === "");

/** A folder, a Git or HTTP URL, an image, or another service. */
export const context = unless(
  (text) => text === "" || text.includes("://") || /^(service:|github\.com\/|git@)/.test(text),
);

export const bindSource: PathRewrite = (node, at, ...rest) => {
  if (node.kind !== "map" || textOf(get(node, "type")) !== "bind") return node;
  const source = get(node, "source");
  if (source !== undefined) return withKey(node, "source", path(source, at, ...rest));
  rest[1].fault(node.place, [...at, "source"], "is required: the folder or file of the host");
  return node;
};

/** A volume with the driver `local` that is bound to a folder of the host. */
export const boundDevice: PathRewrite = (node, at, ...rest) => {
  const options = get(node, "driver_opts");
  if (node.kind !== "map" || options?.kind !== "map" || textOf(get(node, "driver")) !== "local") return node;
  const device = get(options, "device");
  if (device === undefined || textOf(get(options, "o")) !== "bind") return node;
  return withKey(node, "driver_opts", withKey(options, "device", path(device, at, ...rest)));
};
