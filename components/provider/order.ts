/**
 * The replacement order of a container in a preview: which of two hooks it has. All containers of a program share these two
 * hooks, which do nothing. A label would replace the container when the order changes, an input of the component would show as
 * a separate step, and outputs are not part of a preview.
 */

import type { UpdateOrder } from "../container/update";

/** The names of the hooks. */
export const orderMarks: Readonly<Record<UpdateOrder, string>> = {
  "start-first": "replaced start-first",
  "stop-first": "replaced stop-first",
};

/** @param hooks the names of the hooks that run before a container is created */
export function orderOf(hooks: readonly string[]): UpdateOrder | undefined {
  return (Object.keys(orderMarks) as UpdateOrder[]).find((order) => hooks.includes(orderMarks[order]));
}
