import {
  baseImages,
  Dockerfile,
  declaredHealthCheck,
  declaredVolumes,
} from "../../components/image/dockerfile";

const base = Dockerfile.from("debian:bookworm-slim");
/** The instructions after FROM. */
const body = (dockerfile: Dockerfile<string, string>): string =>
  dockerfile.toString().split("\n").slice(1).join("\n").trimEnd();

test("a multi-stage Dockerfile reads like one written by hand", () => {
  const dockerfile = Dockerfile.from("golang:1.24", { as: "build", platform: "linux/amd64" })
    .comment("compile first\nthen copy")
    .arg("VERSION", "1.0")
    .workdir("/src")
    .copy([".", "go.mod"], "./")
    .run("go mod download && \\\n    go build -o /server .")
    .from("debian:bookworm-slim")
    .copy("/server", "/usr/local/bin/server", { from: "build", chown: "1000:1000", chmod: "0755" })
    .copy("/etc/nginx/nginx.conf", "/etc/", { fromImage: "nginx:1.27" })
    .env({
      MODE: "prod",
      GREETING: 'say "hi" for $5 \\ now',
      PATH: Dockerfile.expand("/opt/my app/bin:$PATH"),
    })
    .expose(8080)
    .expose(53, "udp")
    .user("1000:1000")
    .volume("/data", "/with space")
    .healthCheck(["curl", "-f", "http://localhost/"], {
      intervalSeconds: 1.5,
      timeoutSeconds: 2,
      startPeriodSeconds: 0,
      retries: 3,
    })
    .label({ "org.example.title": "a b", "org.example.vendor": "c" })
    .stopSignal("SIGQUIT")
    .shell(["/bin/bash", "-c"])
    .entrypoint(["server"])
    .cmd(["--port", "8080"]);
  expect(dockerfile.toString()).toBe(`FROM --platform=linux/amd64 golang:1.24 AS build
# compile first
# then copy
ARG VERSION="1.0"
WORKDIR /src
COPY . go.mod ./
RUN go mod download && \\
    go build -o /server .

FROM debian:bookworm-slim
COPY --from=build --chown=1000:1000 --chmod=0755 /server /usr/local/bin/server
COPY --from=nginx:1.27 /etc/nginx/nginx.conf /etc/
ENV MODE="prod"
ENV GREETING="say \\"hi\\" for \\$5 \\\\ now"
ENV PATH="/opt/my app/bin:$PATH"
EXPOSE 8080/tcp
EXPOSE 53/udp
USER 1000:1000
VOLUME ["/data", "/with space"]
HEALTHCHECK --interval=1.5s --timeout=2s --start-period=0s --retries=3 CMD ["curl", "-f", "http://localhost/"]
LABEL org.example.title="a b" \\
      org.example.vendor="c"
STOPSIGNAL SIGQUIT
SHELL ["/bin/bash", "-c"]
ENTRYPOINT ["server"]
CMD ["--port", "8080"]
`);
});

test("each method leaves the value it is called on unchanged", () => {
  base.run("one");
  expect(body(base)).toBe("");
});

test("RUN prints mounts", () => {
  const built = Dockerfile.from("a", { as: "deps" }).from("b");
  const mounts = [
    { type: "cache", target: "/root/.cache", sharing: "locked" },
    { type: "bind", target: "/src", source: "x", from: "deps", readWrite: true },
    { type: "secret", id: "token", required: true },
    { type: "tmpfs", target: "/tmp" },
  ] as const;
  expect(built.run(["make"], { mounts }).toString()).toContain(
    "RUN --mount=type=cache,target=/root/.cache,sharing=locked --mount=type=bind,from=deps,source=x,target=/src,readwrite " +
      '--mount=type=secret,id=token,required --mount=type=tmpfs,target=/tmp ["make"]',
  );
});

test("paths with blanks are written as JSON, where Docker still expands", () => {
  expect(body(base.copy("my file", "/to $HOME/"))).toBe('COPY ["my file", "/to \\\\$HOME/"]');
  expect(body(base.copy(Dockerfile.expand("x-$V"), "/x/"))).toBe('COPY ["x-$V", "/x/"]');
});

test("variables are kept only in expanded text, and only where they are variables", () => {
  expect(body(base.env({ A: Dockerfile.expand('${B:-x} $C $1 ${} "') }))).toBe(
    'ENV A="${B:-x} $C \\$1 \\${} \\""',
  );
  expect(body(base.env({ A: "$B" }))).toBe('ENV A="\\$B"');
  expect(body(base.workdir("/a b"))).toBe('WORKDIR "/a b"');
});

test("the stages known to the types are the ones before", () => {
  const two = Dockerfile.from("a", { as: "one" }).from("b", { as: "two" });
  expect(two.copy("/x", "/y", { from: "one" }).toString()).toContain("--from=one");
  // @ts-expect-error a stage cannot copy from itself
  expect(() => two.copy("/x", "/y", { from: "two" })).toThrow("known here: one");
  // @ts-expect-error there is no earlier stage
  expect(() => base.copy("/x", "/y", { from: "one" })).toThrow("no stage before this one has a name");
  // @ts-expect-error from and fromImage exclude each other
  expect(() => two.copy("/x", "/y", { from: "one", fromImage: "nginx" })).toThrow(
    "COPY: must have from or fromImage",
  );
  expect(two.from("one").toString()).toContain("\nFROM one\n");
});

test.each<[string, () => unknown, string]>([
  [
    "FROM in upper case",
    () => Dockerfile.from("Debian"),
    'FROM: must have a repository in lower case, got "Debian"; write "debian"',
  ],
  [
    "a stage name in upper case",
    () => base.from("a", { as: "Build" }),
    'FROM as: must be lower-case letters, digits and _ . -, beginning with a letter, and not a reserved word, got "Build"; write for example "build"',
  ],
  [
    "a stage name twice",
    () => Dockerfile.from("a", { as: "x" }).from("b", { as: "x" }),
    'FROM as: must be a new name, got "x"; an earlier stage has it: choose another',
  ],
  [
    "a platform",
    () => base.from("a", { platform: "arm64 linux" }),
    'FROM platform: must be os/architecture, got "arm64 linux"; write for example "linux/arm64"',
  ],
  ["an empty RUN", () => base.run("  "), 'RUN: must not be empty, got "  "; write a command'],
  ["an empty RUN list", () => base.run([]), "RUN: must have at least one argument, got []; write a command"],
  [
    "a broken line",
    () => base.run("a\nb"),
    'RUN: must continue each line but the last with one backslash, got "a"; end the line in && \\ or use several instructions',
  ],
  [
    "a trailing backslash",
    () => base.run("a \\"),
    'RUN: must not end in a backslash, got "a \\\\"; remove it, it joins the next instruction',
  ],
  [
    "a trailing comment",
    () => base.run("a \\\n # b"),
    'RUN: must not end in a comment, which joins the next instruction, got " # b"; remove it',
  ],
  [
    "text that is the list form",
    () => base.cmd('["a"]'),
    'CMD: must not look like the list form, got "[\\"a\\"]"; pass a list instead of text',
  ],
  [
    "text that is an option",
    () => base.run("--mount=x y"),
    'RUN: must not begin with --, which Docker takes for an option, got "--mount=x y"; use the list form',
  ],
  [
    "a here-document",
    () => base.run("cat <<EOF"),
    'RUN: must not use a here-document, which not every builder knows, got "cat <<EOF"; copy a file, or use printf',
  ],
  [
    "a line break in ENV",
    () => base.env({ A: "x\ny" }),
    'ENV A: must be one line, got "x\\ny"; a Dockerfile cannot write a line break here; set it when the container runs',
  ],
  [
    "a name in ENV",
    () => base.env({ "A B": "x" }),
    'ENV: must have names of letters, digits and _, not beginning with a digit, got "A B"; rename it',
  ],
  ["no ENV", () => base.env({}), "ENV: must have at least one value, got {}; leave out the call"],
  [
    "a name of ARG",
    () => base.arg("1A"),
    'ARG: must be a name of letters, digits and _, not beginning with a digit, got "1A"; rename it',
  ],
  ["no source", () => base.copy([], "/x"), "COPY: must have at least one source, got []; name a file"],
  [
    "several sources into a file",
    () => base.copy(["a", "b"], "/x"),
    'COPY: must have a destination that ends in / for several sources, got "/x"; write "/x/"',
  ],
  [
    "a source outside",
    () => base.copy("../a", "/x"),
    'COPY: must stay inside the context, got "../a"; use a higher folder as the context',
  ],
  [
    "a bad owner",
    () => base.copy("a", "/x", { chown: "a b" }),
    'COPY chown: must be user or user:group, got "a b"; write for example "1000:1000"',
  ],
  [
    "a bad mode",
    () => base.copy("a", "/x", { chmod: "u+x" }),
    'COPY chmod: must be 3 or 4 octal digits, got "u+x"; write for example "0755"',
  ],
  [
    "a bad image to copy from",
    () => base.copy("a", "/x", { fromImage: "a/b..c" }),
    'COPY fromImage: must have a repository of lower-case letters and digits, separated by single ., _, __ or - and by /, got "a/b..c"; write for example "debian:bookworm-slim"',
  ],
  [
    "port 0",
    () => base.expose(0),
    "EXPOSE: must be a whole number from 1 to 65535, got 0; write for example 8080",
  ],
  [
    "a relative volume",
    () => base.volume("data"),
    'VOLUME: must be an absolute path, got "data"; write "/data"',
  ],
  [
    "no interval",
    () => base.healthCheck("true", { intervalSeconds: 0 }),
    "HEALTHCHECK intervalSeconds: must be a number of seconds, at least 0.001, got 0; write for example 5",
  ],
  [
    "half a retry",
    () => base.healthCheck("true", { retries: 0.5 }),
    "HEALTHCHECK retries: must be a whole number, at least 1, got 0.5; write for example 3",
  ],
  [
    "a signal",
    () => base.stopSignal("term"),
    'STOPSIGNAL: must be a signal, got "term"; write for example "SIGTERM"',
  ],
  ["a NUL", () => base.cmd(["a\0"]), 'CMD: must not contain a NUL character, got "a\\u0000"; remove it'],
  [
    "half a surrogate pair",
    () => base.cmd(["\ud800"]),
    'CMD: must not contain half of a surrogate pair, got "\\ud800"; remove it',
  ],
  [
    "an endless line",
    () => base.env({ A: "x".repeat(65_536) }),
    `ENV: must have lines of at most 65535 bytes, got "ENV A=\\"${"x".repeat(33)}..."; copy a file instead`,
  ],
  [
    "a label name",
    () => base.label({ "a b": "c" }),
    'LABEL: must have names of letters, digits and . / _ -, beginning with a letter or a digit, got "a b"; rename it',
  ],
])("refuses %s", (_what, make, message) => {
  expect(make).toThrow(new Error(message));
});

describe("reading a Dockerfile", () => {
  const text = [
    "# escape=\\",
    "FROM debian AS base",
    "volume /base \\",
    "  # a comment inside",
    "  '/two'",
    "HEALTHCHECK CMD true",
    "FROM base AS final",
    'VOLUME ["/json", "/with space"]',
    "VOLUME $DATA /base",
    "RUN cat <<EOF > /x",
    "VOLUME /not-me",
    "EOF",
    "ONBUILD VOLUME /nor-me",
    "FROM scratch AS other",
    "HEALTHCHECK --interval=1s CMD true",
    "HEALTHCHECK NONE",
  ].join("\n");

  test("volumes of the stage that is built, with those of the stages below it", () => {
    expect(declaredVolumes(text, "final")).toEqual(["/base", "/two", "/json", "/with space"]);
    expect(declaredVolumes(text, "0")).toEqual(["/base", "/two"]);
    expect(declaredVolumes(text)).toEqual([]);
  });

  test("a health check is inherited and can be switched off", () => {
    expect(declaredHealthCheck(text, "final")).toBe(true);
    expect(declaredHealthCheck(text)).toBe(false);
  });

  test("reads what the builder prints", () => {
    const built = base.volume('/a "quoted" $path').healthCheck("true").toString();
    expect(declaredVolumes(built)).toEqual(['/a "quoted" $path']);
    expect(declaredHealthCheck(built)).toBe(true);
  });
});

describe("the images that a Dockerfile is built on", () => {
  it.each([
    ["FROM debian:12", {}, ["debian:12"]],
    ["FROM scratch", {}, []],
    ["FROM debian:12 AS base\nFROM base\nFROM debian:12", {}, ["debian:12"]],
    ["FROM --platform=linux/amd64 node:22 as Build\nFROM build", {}, ["node:22"]],
    ["ARG TAG=12\nFROM debian:${TAG}", {}, ["debian:12"]],
    ["ARG TAG=12\nFROM debian:$TAG", { TAG: "13" }, ["debian:13"]],
    ['ARG TAG="12"\nFROM debian:${TAG:-11}', {}, ["debian:12"]],
    ["FROM debian:${TAG:-11}", {}, ["debian:11"]],
    ["ARG TAG\nFROM debian:$TAG", {}, []],
    ["FROM scratch\nARG TAG=12\nFROM debian:$TAG", {}, []],
    [`FROM debian@sha256:${"a".repeat(64)}`, {}, []],
    ["FROM team/app", {}, ["team/app"]],
    [
      "FROM a AS one\nFROM scratch\nCOPY --from=one / /\nCOPY --from=0 / /\nCOPY --chown=1 --from=b:2 / /",
      {},
      ["a", "b:2"],
    ],
  ])("%j with %j", (text, args, images) => {
    expect(baseImages(text, args)).toEqual(images);
  });
});
