import { drift, jobDrift, type LiveContainer } from "../../components/values/live-container";

const live = (differs: Partial<LiveContainer> = {}): LiveContainer => ({
  id: "abcdef0123456789",
  name: "shop-dev-web",
  of: "web",
  state: "running",
  status: "Up 2 minutes (healthy)",
  networkIds: ["front", "back"],
  generation: "1a2b3c4d",
  ...differs,
});
const of = (...found: LiveContainer[]): string | undefined => drift(found, "shop-dev-web", ["back", "front"]);

test("what runs as declared, or is not there yet, is no drift", () => {
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

test("of two it is not known which one the state records: one new one takes their place", () => {
  expect(of(live(), live({ name: "shop-dev-web-1a2b3c" }))).toContain(
    "an interrupted update left shop-dev-web and shop-dev-web-1a2b3c",
  );
});

test("what failed is attempted again, even while the version before it runs well", () => {
  const failed = live({ name: "shop-dev-web-failed-1a2b3c", state: "exited" });
  expect(of(live(), failed)).toContain("the last start failed (shop-dev-web-failed-1a2b3c is kept, stopped)");
});

test("a job that ended well, or was cleared away, does not run again", () => {
  expect(jobDrift([], "shop-dev-web")).toBeUndefined();
  expect(
    jobDrift([live({ state: "exited", status: "Exited (0) 2 days ago" })], "shop-dev-web"),
  ).toBeUndefined();
});

test("a job that failed or was cut short runs again", () => {
  const failed = live({ name: "shop-dev-web-failed-1a2b3c", state: "exited", status: "Exited (3)" });
  expect(jobDrift([failed], "shop-dev-web")).toContain("the last run failed");
  expect(jobDrift([live()], "shop-dev-web")).toContain(
    "an interrupted update left shop-dev-web (Up 2 minutes",
  );
});
