import { connect } from "../engine/connect";
import { removeBuilds } from "../image/engine/builds";
import { type ExportedStack, isElsewhere } from "./recovery/state";

const IMAGE = "docker:index/remoteImage:RemoteImage";

/** The repositories of the images that a stack has built on the local Engine, such as `shop-dev/web`. */
export function buildsOf({ deployment }: ExportedStack): string[] {
  const resources = deployment.resources ?? [];
  const names = resources.flatMap((each) => {
    // An image that already existed on the host was not built.
    const { triggers, name } = each.inputs ?? {};
    return each.type === IMAGE &&
      triggers !== undefined &&
      typeof name === "string" &&
      !isElsewhere(each, resources)
      ? [name.slice(0, name.lastIndexOf(":"))]
      : [];
  });
  return [...new Set(names)];
}

/** Removes unused builds and returns their names. */
export async function removeUnusedBuilds(repositories: readonly string[]): Promise<string[]> {
  if (repositories.length === 0) return [];
  const engine = connect();
  const removed = await Promise.all(repositories.map((each) => removeBuilds(engine, each)));
  return removed.flat();
}
