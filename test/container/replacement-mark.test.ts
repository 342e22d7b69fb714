/** The order of a replacement, as a preview shows it, is read back as it was written. */

import { orderMarks, orderOf } from "../../components/provider/order";

test.each(["start-first", "stop-first"] as const)("%s", (order) => {
  expect(orderOf(["web: hand-over", orderMarks[order]])).toBe(order);
});

it("is unknown without a mark, whatever a hook is called", () => {
  expect(orderOf(["web: hand-over, stop-first"])).toBeUndefined();
});
