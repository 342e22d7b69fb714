import { buildFailureText } from "../../components/image/build/failure";
import type { Message, Vertex } from "../../components/image/build/messages";
import { BuildProgress } from "../../components/image/build/progress";
import { lineOfStep } from "../../components/image/build/step-line";
import { inSyncOrder, wantedPaths } from "../../components/image/build/sync-order";
import { secretMask } from "../../components/core/text/secret-mask";

const at = (seconds: number) => ({ seconds, nanos: 0 });
const vertex = (name: string, more: Partial<Vertex> = {}): Vertex => ({
  digest: name,
  name,
  cached: false,
  started: at(100),
  completed: null,
  error: "",
  ...more,
});
const status = (vertexes: readonly Vertex[], logs: Readonly<Record<string, string | Buffer>> = {}) =>
  ({
    vertexes,
    logs: Object.entries(logs).map(([of, text]) => ({ vertex: of, msg: Buffer.from(text) })),
    warnings: [],
  }) satisfies Message<"StatusResponse">;

describe("the progress of a build", () => {
  test("each step that ends is one line, with its time or that it was cached", () => {
    const progress = new BuildProgress();
    expect(progress.read(status([vertex("[1/3] FROM debian"), vertex("[2/3] RUN true")]))).toEqual([]);
    const ends = [
      vertex("[1/3] FROM debian", { cached: true, completed: at(100) }),
      vertex("[2/3] RUN true", { completed: { seconds: 101, nanos: 250_000_000 } }),
      vertex("[3/3] RUN a &&\n   b", { completed: at(161) }),
    ];
    const lines = ["[1/3] FROM debian cached", "[2/3] RUN true 1.3 s", "[3/3] RUN a && b 61 s"];
    expect(progress.read(status(ends))).toEqual(lines);
    // BuildKit reports a step again when another one needs it.
    expect(progress.read(status(ends))).toEqual([]);
  });

  test("BuildKit's own steps are shown if they take long", () => {
    const progress = new BuildProgress();
    const own = (name: string, end: number) => vertex(`[internal] ${name}`, { completed: at(end) });
    expect(progress.read(status([own("load .dockerignore", 100), own("load metadata", 104)]))).toEqual([
      "[internal] load metadata 4.0 s",
    ]);
  });

  test("of a step that runs, its time and its last line are shown, without secrets and colours", () => {
    const progress = new BuildProgress(secretMask(["hunter2"]));
    expect(progress.running(100)).toBeUndefined();
    progress.read(status([vertex("[2/2] RUN make")], { "[2/2] RUN make": "one\n\u001b[32mtwo hun" }));
    progress.read(status([], { "[2/2] RUN make": "ter2\n" }));
    expect(progress.running(142)).toBe("[2/2] RUN make 42 s: two [secret]");
  });

  test("a character that arrives in two parts is one", () => {
    const progress = new BuildProgress();
    const bytes = Buffer.from("grün");
    progress.read(status([vertex("[1/1] RUN x")], { "[1/1] RUN x": bytes.subarray(0, 3) }));
    progress.read(status([], { "[1/1] RUN x": bytes.subarray(3) }));
    expect(progress.running(101)).toBe("[1/1] RUN x 1.0 s: grün");
  });

  test("the step that failed is not one that was cancelled for it", () => {
    const progress = new BuildProgress();
    progress.read(
      status(
        [
          vertex("[a 2/2] RUN sleep 9", { completed: at(101), error: "context canceled" }),
          vertex("[b 2/2] RUN false", { completed: at(101), error: "exit code: 1" }),
        ],
        { "[b 2/2] RUN false": "why\n" },
      ),
    );
    expect(progress.failed()).toEqual({ name: "[b 2/2] RUN false", error: "exit code: 1", output: "why\n" });
  });
});

describe("the line of a step", () => {
  const text = [
    "# syntax is built in",
    "ARG V=1",
    "FROM debian AS build",
    "ENV A=1",
    "WORKDIR /src",
    "RUN one \\",
    "    && two",
    "COPY . .",
    "FROM debian",
    "RUN $COMMAND",
    "FROM build AS last",
    "RUN three",
  ].join("\n");

  test.each([
    ["[build 1/4] FROM docker.io/library/debian@sha256:0", 3],
    ["[build 2/4] WORKDIR /src", 5],
    ["[build 3/4] RUN one     && two", 6],
    ["[build  4/10] COPY . .", 8],
    ["[stage-1 2/2] RUN echo", 10],
    ["[linux/arm64 last 2/2] RUN three", 12],
    ["[LAST 2/2] RUN three", 12],
    ["[build 3/4] COPY of ONBUILD", undefined],
    ["[build 9/9] RUN more", undefined],
    ["exporting to image", undefined],
    ["[internal] load build context", undefined],
  ])("%s", (step, line) => expect(lineOfStep(text, step)).toBe(line));

  test("a stage that is the only one and has no name is not named", () => {
    expect(lineOfStep("FROM debian\nENV A=1\nRUN false\n", "[2/2] RUN false")).toBe(3);
  });
});

describe("the error of a failed build", () => {
  const request = {
    context: { folder: `${process.cwd()}/apps/api`, dockerfile: "Dockerfile" },
    dockerfile: { name: "Dockerfile", text: "FROM debian\nRUN npm ci\n" },
    attributes: {},
    entitlements: [],
    secrets: {},
  };
  const failure = { name: "api", reference: "shop-dev/api:01", request, undone: [], secrets: ["hunter2"] };

  test.each([
    "executor failed running [/bin/sh -c npm ci]: exit code: 7",
    'process "/bin/sh -c npm ci" did not complete successfully: exit code: 7',
  ])("P10 names the step, its line, its last lines, the current state and what to do: %s", (error) => {
    const output = Array.from({ length: 60 }, (_, line) => `line ${String(line)} hunter2`).join("\n");
    const failed = { name: "[2/2] RUN npm ci", error, output: `${output}\n` };
    const lines = buildFailureText({ ...failure, failed, message: error }).split("\n");
    expect(lines[0]).toBe('image "api": [2/2] RUN npm ci failed with exit code 7');
    expect(lines[1]).toBe("  line       2 of apps/api/Dockerfile");
    expect(lines[2]).toBe("  log        last 50 lines");
    expect(lines.slice(3, 53)).toEqual(
      Array.from({ length: 50 }, (_, line) => `    | line ${String(line + 10)} [secret]`),
    );
    expect(lines.slice(53)).toEqual([
      "  now        there is no shop-dev/api:01 on the host; running containers were not changed",
      "  next       correct the step, then run pulumi up again",
    ]);
  });

  test.each([
    [
      "401 Unauthorized",
      "docker login private.example; check that docker pull private.example/app:1 succeeds",
    ],
    ["connection refused", "check that docker pull private.example/app:1 succeeds"],
  ])("P10 of a base image that is not available (%s), the command that shows why", (error, next) => {
    const failed = { name: "[internal] load metadata for private.example/app:1", error, output: "" };
    expect(buildFailureText({ ...failure, failed, message: error })).toContain(`  next       ${next}`);
  });

  test("P10 of a build without a failed step, BuildKit's words", () => {
    const message = "dockerfile parse error line 3: unknown instruction: ECHO";
    expect(buildFailureText({ ...failure, failed: undefined, message })).toMatch(
      /^image "api": dockerfile parse error line 3: unknown instruction: ECHO\n {2}now/,
    );
  });
});

describe("the order in which files are sent", () => {
  test("folders are before their content and names in the order of their bytes", () => {
    const paths = ["a.txt", "a", "a/b", "a-b", "a/b/c", "\u{1f600}", "\uff01", "B"];
    expect(inSyncOrder(paths.map((path) => ({ path }))).map(({ path }) => path)).toEqual([
      "B",
      "a",
      "a/b",
      "a/b/c",
      "a-b",
      "a.txt",
      "\uff01",
      "\u{1f600}",
    ]);
  });

  test.each([
    [[], "anything", true],
    [["src"], "src/a", true],
    [["src/a"], "src", true],
    [["src/a"], "src/ab", false],
    [["/src/"], "src/a", true],
    [["../x"], "y", true],
    [["s?c"], "y", true],
    [["grün"], "y", true],
    [["linked/a"], "y", true],
  ])("of %j, %s is wanted: %s", (wanted, path, isWanted) => {
    expect(wantedPaths(wanted, (each) => each === "linked")(path)).toBe(isWanted);
  });
});
