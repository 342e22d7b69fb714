import { judge } from "../../components/policy/judge";
import { emptyStack } from "../../components/policy/subject";
import type { Waiver } from "../../components/policy/waiver";
import { aContainer } from "./support/cases";

const stack = {
  ...emptyStack,
  containers: [aContainer({ privileged: true }), aContainer({ privileged: true }, "db")],
};
const waiver: Waiver = {
  rule: "privileged",
  on: "web",
  reason: "needs the device mapper",
  until: "2026-05-31",
};
const ids = (waivers: readonly Waiver[], on: string): string[] =>
  judge(stack, { waivers, on })
    .filter(({ severity }) => severity === "high")
    .map(({ id }) => id);

test("a waiver holds for its one thing, until its day is over", () => {
  expect(ids([waiver], "2026-05-31")).toEqual(["privileged:db"]);
  expect(ids([{ ...waiver, on: undefined }], "2026-05-31")).toEqual([]);
});

test("after that it is a finding of its own, beside what it waived", () => {
  expect(ids([waiver], "2026-06-01")).toEqual([
    "privileged:db",
    "privileged:web",
    "waiver-expired:privileged:web",
  ]);
});

test("all faults of waivers are reported at once", () => {
  const wrong = [
    { rule: "privileged", reason: "because", until: "2026-02-30" },
    { rule: "privileged", reason: "long enough now", untill: "2026-05-31", until: "2026-05-31" },
  ] as unknown as readonly Waiver[];
  expect(() => judge(stack, { waivers: wrong })).toThrow(
    `the waivers are invalid
  [0].reason: must be a reason of at least 10 characters, got "because"
  [0].until: must be a day such as "2027-01-31", got "2026-02-30"
  [1]: "untill" is not a known key; did you mean "until"?`,
  );
  expect(() => judge(stack, { waivers: [{ ...waiver, rule: "privilegd" }] })).toThrow(
    '[0].rule: must be the id of a rule, got "privilegd"; did you mean "privileged"?',
  );
});
