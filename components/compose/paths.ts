/** Makes the paths of a project absolute. */

import { isAbsolute, join } from "node:path";

import type { Findings } from "./faults";
import { get, type Node, type Path, textOf, withKey } from "./node";
import { Patterns, type Rewrite, rewrite } from "./patterns";

export interface Folders {
  /** What relative paths start from. */
  readonly base: string;
  /** What `~` stands for; without it, it stays. */
  readonly home: string | undefined;
}

export function resolvePath({ base, home }: Folders, path: string): string {
  const expanded = path.startsWith("~") && home !== undefined ? joined(home, path.slice(1)) : path;
  return isAbsolute(expanded) || /^([a-z]:[\\/]|\\\\)/i.test(expanded) ? expanded : joined(base, expanded);
}

function joined(base: string, path: string): string {
  const result = join(base, path);
  return result.length > 1 && result.endsWith("/") ? result.slice(0, -1) : result;
}

export function absolutePaths(root: Node, folders: Folders, findings: Findings): Node {
  const change =
    (to: (path: string) => string): Rewrite =>
    (node) => {
      const text = textOf(node);
      if (text === undefined || node.kind !== "scalar") return node;
      return { ...node, value: to(text) };
    };
  const path = change((text) => resolvePath(folders, text));
  const pathUnlessEmpty = change((text) => (text === "" ? text : resolvePath(folders, text)));
  const context = change((text) =>
    isRemoteContext(text) || text === "" ? text : resolvePath(folders, text),
  );
  return (
    rewrite(
      root,
      new Patterns<Rewrite>({
        "services.*.build.context": context,
        "services.*.build.additional_contexts.*": context,
        "services.*.build.ssh.*": path,
        "services.*.env_file.*.path": pathUnlessEmpty,
        "services.*.label_file.*": pathUnlessEmpty,
        "services.*.extends.file": pathUnlessEmpty,
        "services.*.develop.watch.*.path": pathUnlessEmpty,
        "services.*.volumes.*": (node, at) => bind(node, at, path, findings),
        "configs.*.file": path,
        "secrets.*.file": path,
        "volumes.*": (node, at) => boundDevice(node, at, path),
      }),
    ) ?? root
  );
}

/** An address of Git or of the web, an image, or another service. */
function isRemoteContext(text: string): boolean {
  return text.includes("://") || /^(service:|github\.com\/|git@)/.test(text);
}

function bind(node: Node, at: Path, path: Rewrite, findings: Findings): Node {
  if (node.kind !== "map" || textOf(get(node, "type")) !== "bind") return node;
  const source = get(node, "source");
  if (source === undefined) {
    findings.fault(node.place, [...at, "source"], "is required: the folder or file of the host");
    return node;
  }
  return withKey(
    node,
    "source",
    path(source, at, (below) => below),
  );
}

/** A volume of the driver `local` that is a folder of the host. */
function boundDevice(node: Node, at: Path, path: Rewrite): Node {
  const options = get(node, "driver_opts");
  if (node.kind !== "map" || options?.kind !== "map" || textOf(get(node, "driver")) !== "local") return node;
  const device = get(options, "device");
  if (device === undefined || textOf(get(options, "o")) !== "bind") return node;
  return withKey(
    node,
    "driver_opts",
    withKey(
      options,
      "device",
      path(device, at, (below) => below),
    ),
  );
}
