import * as fc from "fast-check";
import { healthCheck, healthyWithinSeconds } from "../../components/container/health/health-check";
import { goDuration, healthCheckInputs } from "../../components/container/health/inputs";

/** Go's `time.Duration.String`, written from its description: hours, minutes and seconds from the first that is not zero. */
function asGoPrints(milliseconds: number): string {
  if (milliseconds === 0) return "0s";
  if (milliseconds < 1000) return `${milliseconds}ms`;
  const total = Math.floor(milliseconds / 1000);
  const fraction = String(milliseconds % 1000)
    .padStart(3, "0")
    .replace(/0+$/, "");
  const seconds = `${total % 60}${fraction === "" ? "" : `.${fraction}`}s`;
  const minutes = Math.floor(total / 60);
  if (minutes === 0) return seconds;
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}

test.each([
  [0, "0s"],
  [0.0001, "0s"],
  [0.001, "1ms"],
  [0.25, "250ms"],
  [0.9996, "1s"],
  [1, "1s"],
  [1.5, "1.5s"],
  [59.9996, "1m0s"],
  [60, "1m0s"],
  [90, "1m30s"],
  [3599.9999, "1h0m0s"],
  [3600, "1h0m0s"],
  [5430.5, "1h30m30.5s"],
])("%s seconds read %s", (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
});

test("a duration is in Go's format, so that Docker's value does not show as a change", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 * 3_600_000 }), (milliseconds) => {
      expect(goDuration(milliseconds / 1000)).toBe(asGoPrints(milliseconds));
    }),
    { numRuns: 1000 },
  );
});

test("a check gives all five fields, so that nothing of the image's own is mixed in", () => {
  expect(healthCheckInputs({ command: "healthy" })).toEqual({
    tests: ["CMD-SHELL", "healthy"],
    interval: "5s",
    timeout: "5s",
    startPeriod: "20s",
    retries: 3,
  });
  expect(healthCheckInputs("none")).toEqual({
    tests: ["NONE"],
    interval: "0s",
    timeout: "0s",
    startPeriod: "0s",
    retries: 0,
  });
});

test("a list runs without a shell, and a value of undefined is the default", () => {
  expect(healthCheckInputs({ command: ["healthy", "$HOME"], retries: undefined })).toMatchObject({
    tests: ["CMD", "healthy", "$HOME"],
    retries: 3,
  });
});

test.each([
  [{ command: "a" }, 60],
  [{ command: "a", startPeriodSeconds: 100 }, 140],
  [{ command: "a", intervalSeconds: 30, timeoutSeconds: 10, retries: 4, startPeriodSeconds: 0.5 }, 201],
])("up waits as long as a working container may take: %j", (check, seconds) => {
  expect(healthyWithinSeconds(check)).toBe(seconds);
});

test.each([
  ["none"],
  [{ command: "a" }],
  [{ command: ["a"], intervalSeconds: 0.001, startPeriodSeconds: 0 }],
])("takes %j", (value) => {
  expect(healthCheck.safeParse(value).success).toBe(true);
});
