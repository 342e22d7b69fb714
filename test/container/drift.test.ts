import { drift, jobDrift } from "../../components/container/drift";
import type { LiveContainer } from "../../components/container/live";

const live = (differs: Partial<LiveContainer> = {}): LiveContainer => ({
  id: "abcdef0123456789",
  name: "shop-dev-web",
  of: "web",
  state: "running",
  status: "Up 2 minutes (healthy)",
  networkIds: ["front", "back"],
  generation: "1a2b3c4d",
  created: 1,
  ...differs,
});
const of = (...found: LiveContainer[]): string | undefined =>
  drift(found, "shop-dev-web", ["back", "front"]).wrong;

test("there is no drift if the container is as declared, or does not exist yet", () => {
  expect(of(live())).toBeUndefined();
  expect(of(live({ status: "Up 1 second (health: starting)" }))).toBeUndefined();
  expect(of()).toBeUndefined();
});

test.each<[string, Partial<LiveContainer>, string]>([
  [
    "stopped",
    { state: "exited", status: "Exited (137) 3 minutes ago" },
    "is stopped (Exited (137) 3 minutes ago)",
  ],
  ["paused", { state: "paused", status: "Up 1 hour (Paused)" }, "is paused (Up 1 hour (Paused))"],
  ["restarting", { state: "restarting", status: "Restarting (1) 2 seconds ago" }, "is restarting"],
  ["never started", { state: "created", status: "Created" }, "is created"],
  ["unhealthy", { status: "Up 1 hour (unhealthy)" }, "is unhealthy"],
  ["disconnected", { networkIds: ["front"] }, "no longer connected to 1 of its 2 networks"],
])("one that is %s is replaced, and the reason said", (_, differs, why) => {
  expect(of(live(differs))).toContain(why);
});

test("of two containers the newer one takes over if it has no drift, otherwise one new container replaces both", () => {
  const newer = live({ name: "shop-dev-web-1a2b3c", created: 2, generation: "2b3c4d5e" });
  const found = drift([live(), newer], "shop-dev-web", ["back", "front"]);
  expect(found.wrong).toBeUndefined();
  expect(found.sound).toBe(newer);
  expect(found.note).toContain("an interrupted update left shop-dev-web-1a2b3c in addition to shop-dev-web");
  expect(of(live(), { ...newer, state: "exited" })).toContain("one new container replaces them");
});

test("a rolled back container is retried, and not reported as a failure of its own", () => {
  const undone = live({ name: "shop-dev-web-undone-1a2b3c", state: "exited" });
  expect(of(live(), undone)).toContain("the last up failed elsewhere and rolled this one back");
});

test("a failed container is retried, even while the previous version runs", () => {
  const failed = live({ name: "shop-dev-web-failed-1a2b3c", state: "exited" });
  expect(of(live(), failed)).toContain("the last start failed (shop-dev-web-failed-1a2b3c is kept, stopped)");
});

test("a job that succeeded, or whose container was removed, does not run again", () => {
  expect(jobDrift([], "shop-dev-web")).toBeUndefined();
  expect(
    jobDrift([live({ state: "exited", status: "Exited (0) 2 days ago" })], "shop-dev-web"),
  ).toBeUndefined();
});

test("a failed or interrupted job runs again", () => {
  const failed = live({ name: "shop-dev-web-failed-1a2b3c", state: "exited", status: "Exited (3)" });
  expect(jobDrift([failed], "shop-dev-web")).toContain("the last run failed");
  expect(jobDrift([live()], "shop-dev-web")).toContain(
    "an interrupted update left shop-dev-web (Up 2 minutes",
  );
});
