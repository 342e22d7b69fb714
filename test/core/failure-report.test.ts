import { type FailureReport, failureText } from "../../components/core/text/failure-report";

const failureReport: FailureReport = {
  image: "shop-dev/web:0123456789ab",
  status: "exited",
  exitCode: 137,
  outOfMemory: true,
  error: "",
  restarts: 0,
  probes: [
    { exitCode: 1, output: "first" },
    { exitCode: 1, output: "connection refused\n" },
    { exitCode: 2, output: "" },
  ],
  log: ["starting", "password is hunter2-and-more"],
};
const told = {
  what: 'container "web"',
  why: "it exited with code 137",
  now: "nothing runs",
  next: "look",
};

test("an error names the object, the cause, the failure report, the state of things and the next step", () => {
  expect(failureText({ ...told, failureReport })).toBe(
    [
      'container "web": it exited with code 137',
      "  image      shop-dev/web:0123456789ab",
      "  exit code  137 (out of memory)",
      "  last probe exit code 1: connection refused",
      "  last probe exit code 2, no output",
      "  log        last 2 lines",
      "    | starting",
      "    | password is hunter2-and-more",
      "  now        nothing runs",
      "  next       look",
    ].join("\n"),
  );
});

test("P8 a secret that the program printed into its log or its check does not leave the host", () => {
  const text = failureText({ ...told, failureReport, secrets: ["hunter2", "hunter2-and-more", ""] });
  expect(text).toContain("    | password is [secret]\n");
  expect(text).not.toContain("hunter2");
});

test("P8 of a secret of several lines no line is shown, and the name of the container stays usable", () => {
  const secret = "BEGIN\nMARK-A\nMARK-B\nEND\n";
  const text = failureText({
    ...told,
    why: "exec MARK-A: not found",
    failureReport: {
      ...failureReport,
      error: "MARK-B",
      probes: [{ exitCode: 1, output: "MARK-A\nMARK-B" }],
      log: ["BEGIN", "MARK-A", "MARK-B"],
    },
    next: "docker logs shop-dev-END-1",
    secrets: [secret],
  });
  expect(text).not.toContain("MARK");
  expect(text).toContain("  log        last 1 lines\n    | [secret]\n");
  expect(text).toContain("docker logs shop-dev-END-1");
});

test("of a long log the last 50 lines are shown", () => {
  const log = Array.from({ length: 70 }, (_, line) => `line ${String(line)}`);
  const text = failureText({ ...told, failureReport: { ...failureReport, log } });
  expect(text).toContain("last 50 lines\n    | line 20\n");
  expect(text).not.toContain("line 19\n");
});

test("what runs has no exit code, and says how often it was started again", () => {
  const text = failureText({ ...told, failureReport: { ...failureReport, status: "running", restarts: 3 } });
  expect(text).not.toContain("exit code  ");
  expect(text).toContain("  restarts   3\n");
});

test("the frames that the provider puts around a cause are left out", () => {
  const why =
    "1 error occurred:\n\t* creating urn:pulumi:dev::shop::docker:index/container:Container::web: 1 error occurred:\n\t* Unable to start container: no such program\n\n";
  expect(failureText({ ...told, why })).toContain(
    'container "web": Unable to start container: no such program\n',
  );
});

test("where the disk of the host is full, the next step is to make room", () => {
  const why = "write /payload: no space left on device";
  expect(failureText({ ...told, why })).toContain(
    "  next       free disk space on the Docker host (docker system df",
  );
});
