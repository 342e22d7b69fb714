/** What was accepted need not be accepted again, and anything beyond it must be. */

import { approvalOf, beyond, readApproval } from "../../components/review/approval";
import { review } from "../../components/review/classify";
import { container, preview, type Resource, volume } from "./digest";
import { reviewed } from "./reports";

const web: Resource = { op: "replace", type: container, name: "web", of: "Container web" };
const of = (...resources: Resource[]) => review(preview(resources));
const worse = (accepted: Resource[], now: Resource[]): string[] =>
  beyond(approvalOf(of(...accepted)), of(...now));

test("the same plan, and a milder one, go through", () => {
  const outage: Resource = { ...web, order: "stop-first" };
  expect(worse([outage], [outage])).toEqual([]);
  expect(worse([outage], [{ ...web, order: "start-first" }])).toEqual([]);
  expect(worse([outage], [{ ...web, op: "update" }])).toEqual([]);
  expect(worse([outage], [])).toEqual([]);
});

test("a worse kind, and another component, do not", () => {
  const mild: Resource = { ...web, order: "start-first" };
  expect(worse([mild], [{ ...web, op: "delete" }])).toEqual([
    'container "web": permanent outage: is removed without a replacement (accepted: replaced without outage)',
  ]);
  expect(worse([mild], [mild, { ...mild, name: "api", of: "Container api" }])).toEqual([
    'container "api": replaced without outage: the new one is ready before the old one is removed (accepted: no change)',
  ]);
});

test("to accept one port is not to accept another", () => {
  const on = (external: number): Resource => ({
    ...web,
    order: "stop-first",
    before: {},
    after: { ports: [{ internal: 80, external, ip: "0.0.0.0" }] },
  });
  expect(worse([on(80)], [on(80)])).toEqual([]);
  expect(worse([on(80)], [on(81)])[0]).toContain("other machines reach its port 80/tcp at 0.0.0.0:81");
});

test("the facts of the host about a volume can change in the meantime", () => {
  const data: Resource = {
    op: "delete",
    type: volume,
    name: "data",
    of: "Volume data",
    before: { name: "d" },
  };
  const live = (bytes: number) => review(preview([data]), { volumes: [{ name: "d", bytes, mountedBy: [] }] });
  expect(beyond(approvalOf(live(10)), live(20))).toEqual([]);
});

test("a file holds names and reasons, and no value of a field", () => {
  const approval = approvalOf(reviewed("environment"));
  expect(JSON.stringify(approval)).not.toContain("debug");
  expect(readApproval(JSON.stringify(approval))).toEqual(approval);
  expect(approvalOf(reviewed("environment")).digest).toBe(approval.digest);
  expect(approvalOf(reviewed("secret")).digest).not.toBe(approval.digest);
});

test.each([
  ["nonsense", "it is not valid JSON"],
  ["{}", "it is not an approval: schemaVersion"],
  ['{"schemaVersion":2}', "it is not an approval: schemaVersion"],
])("%s is reported", (text, why) => {
  expect(() => readApproval(text)).toThrow(why);
});

test("P9 a file that was changed manually is refused", () => {
  const approval = approvalOf(of({ ...web, order: "start-first" }));
  const [first] = approval.accepted;
  const widened = { ...approval, accepted: [{ ...first, kind: "outage", lasts: true }] };
  for (const forged of [widened, { ...approval, stack: "another" }, { ...approval, accepted: [] }])
    expect(() => readApproval(JSON.stringify(forged))).toThrow("it was edited after it was recorded");
});
