/** The name of a built image in the registry from which the nodes pull it. */

import { showValue } from "../../core/text/message";
import { parseImageReference } from "../../image/reference";
import type { Service } from "../model/model";
import type { Finding } from "../host/finding";

export interface PushTarget {
  /** The path in the registry. */
  readonly repository: string;
  readonly tag: string;
}

/** The value of `image` next to `build`, otherwise `<stack>/<service>`. */
export function pushTarget(
  stack: string,
  name: string,
  { build, image }: Service,
  registry: string | undefined,
  fault: Finding,
): { readonly push?: PushTarget } {
  if (build === undefined) return {};
  const words = [stack, name].map((word) => word.toLowerCase().replace(/^[._-]+|[._-]+$/g, ""));
  const usual = { repository: words.join("/"), tag: "latest" };
  if (image === undefined) return { push: usual };
  try {
    const { registry: named, repository, tag = "latest" } = parseImageReference(image);
    if (named !== undefined && registry !== undefined && named !== registry)
      fault(
        ["image"],
        `must be in ${registry}, to which the stack pushes its builds, got ${showValue(image)}; remove ${named}`,
      );
    return { push: { repository, tag } };
  } catch (error) {
    fault(["image"], error instanceof Error ? error.message : String(error));
    return { push: usual };
  }
}
