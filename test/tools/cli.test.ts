/** The pure parts of the command `dockwright`: what was typed, who holds a lock, what a killed run has left. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { usage as CONFIG_USAGE } from "../../components/cli/commands/config";
import { usage as REVIEW_USAGE } from "../../components/cli/commands/review";
import { removeTorn } from "../../components/cli/recovery/attributes";
import { backendFolder, stackPlace } from "../../components/cli/pulumi/backend";
import { judge, parseLock, type Lock } from "../../components/cli/recovery/lock";
import { orphansOf } from "../../components/cli/recovery/orphans";
import { parsePs, type RunningProcess } from "../../components/cli/recovery/processes";
import { held } from "../../components/cli/recovery/recover";
import { formatRefusal } from "../../components/cli/say";
import { judgePending, knownNames, without, type ExportedStack } from "../../components/cli/recovery/state";
import { typed } from "./typed";

describe("what was typed", () => {
  test.each([
    [["up", "--stack", "prod", "--yes"], "prod"],
    [["up", "--stack=prod"], "prod"],
    [["up", "-s", "prod"], "prod"],
    [["up", "-sprod"], "prod"],
    [["up", "--skip-preview"], undefined],
  ])("%j is for stack %s, and all of it is for Pulumi", async (words, stack) => {
    expect(await typed(words)).toMatchObject({ kind: "up", target: { stack }, options: words.slice(1) });
  });

  test("the folder is read as well", async () => {
    expect(await typed(["down", "-C", "there"])).toMatchObject({ kind: "down", target: { folder: "there" } });
  });

  test("the options of config are its own", async () => {
    expect(
      await typed([
        "config",
        "-f",
        "a.yaml",
        "--file=b.yaml",
        "--profile",
        "x",
        "-p",
        "shop",
        "--env-file",
        "e",
        "--format",
        "json",
      ]),
    ).toEqual({
      kind: "config",
      files: ["a.yaml", "b.yaml"],
      profiles: ["x"],
      envFiles: ["e"],
      projectName: "shop",
      format: "json",
    });
    expect(await typed(["config"])).toMatchObject({ kind: "config", files: [], format: "yaml" });
    expect(await typed(["config", "--help"])).toEqual({ kind: "help", usage: CONFIG_USAGE });
    expect(await typed(["config", "--format", "xml"])).toEqual({
      kind: "wrong",
      why: "--format must be yaml or json, got xml",
    });
    expect(await typed(["config", "--nope"])).toMatchObject({ kind: "wrong" });
    expect(await typed(["config", "web"])).toMatchObject({ kind: "wrong" });
  });

  test("of an up the approval is our own, and the rest Pulumi's", async () => {
    expect(await typed(["up", "--approved", "a.json", "--yes"])).toMatchObject({
      approved: "a.json",
      options: ["--yes"],
    });
    expect(await typed(["up", "--yes", "--approved=a.json"])).toMatchObject({
      approved: "a.json",
      options: ["--yes"],
    });
    expect(await typed(["up", "--yes"])).toMatchObject({ approved: undefined, options: ["--yes"] });
    expect(await typed(["up", "--approved"])).toEqual({ kind: "wrong", why: "--approved requires a file" });
  });

  test("a review has its own options, and those after -- are Pulumi's", async () => {
    expect(
      await typed([
        "review",
        "-s",
        "prod",
        "--fail-on",
        "outage,data-loss",
        "-o",
        "r.md",
        "--format=markdown",
        "--",
        "-c",
        "a=b",
      ]),
    ).toEqual({
      kind: "review",
      file: undefined,
      target: { stack: "prod", folder: undefined },
      options: ["-c", "a=b"],
      format: "markdown",
      output: "r.md",
      failOn: ["outage", "data-loss"],
      approve: undefined,
      approved: undefined,
    });
    expect(await typed(["review", "-"])).toMatchObject({ file: "-", format: "text", failOn: [] });
    expect(await typed(["review", "--help"])).toEqual({ kind: "help", usage: REVIEW_USAGE });
  });

  // Exit code 2 would mean that something changes.
  test.each([
    [["review", "--format", "xml"], "--format must be one of text, markdown, json, sarif"],
    [
      ["review", "--fail-on", "outage,rain"],
      "--fail-on must be any of data-loss,outage,exposure,privilege, got rain",
    ],
    [["review", "a", "b"], "at most one FILE, got a b"],
    [["review", "--approve", "a", "--approved", "b"], "--approve and --approved exclude each other"],
    [["review", "--nope"], "unknown option"],
    [["diff", "prod"], "diff needs two stack names"],
    [["diff", "a", "b", "--format", "xml"], "--format must be text or json, got xml"],
  ])("%j is wrong, with exit code 1", async (words, why) => {
    const request = await typed(words);
    expect(request).toMatchObject({ kind: "wrong" });
    expect(request.why).toContain(why);
  });

  test("two stacks are compared", async () => {
    expect(await typed(["diff", "staging", "prod", "-C", "there"])).toEqual({
      kind: "diff",
      stacks: ["staging", "prod"],
      folder: "there",
      format: "text",
    });
  });

  test("help runs nothing, an unknown command is reported", async () => {
    expect((await typed(["--help"])).kind).toBe("help");
    expect((await typed(["up", "--help"])).kind).toBe("help");
    expect(await typed(["destroy"])).toEqual({ kind: "wrong", why: "unknown command destroy" });
    expect((await typed([])).kind).toBe("wrong");
  });
});

describe("the file backend", () => {
  test.each([
    ["file:///var/state", "/var/state"],
    ["file://./state", "/work/state"],
    ["file://state?no_tmp_dir=true", "/work/state"],
    ["file:///a%20b/100%25", "/a b/100%"],
    ["file://~/state", `${homedir()}/state`],
    ["file://~", homedir()],
  ])("%s is the folder %s", (url, folder) => {
    expect(backendFolder(url, "/work")).toBe(folder);
  });

  test.each(["https://api.pulumi.com", "s3://bucket", "azblob://x"])("%s is none", (url) => {
    expect(backendFolder(url, "/work")).toBeUndefined();
  });

  test("a stack has its locks and its state where Pulumi files them", () => {
    expect(stackPlace("/s", "organization/shop/dev", "?")).toEqual({
      project: "shop",
      stack: "dev",
      locks: "/s/.pulumi/locks/organization/shop/dev",
      state: "/s/.pulumi/stacks/shop/dev.json",
    });
    expect(stackPlace("/s", "dev", "shop")).toMatchObject({
      project: "shop",
      locks: "/s/.pulumi/locks/dev",
      state: "/s/.pulumi/stacks/dev.json",
    });
  });
});

const since = new Date("2026-11-24T09:26:11.161Z");
const lock: Lock = { file: "/l.json", pid: 42, user: "ann", host: "vm", since };
const later = (seconds: number): Date => new Date(since.getTime() + seconds * 1000);
const running = (of: Partial<RunningProcess>): RunningProcess => ({
  pid: 42,
  innerPid: of.pid ?? 42,
  parent: 1,
  zombie: false,
  started: later(-1),
  words: ["pulumi", "up"],
  environment: {},
  folder: "/shop",
  ...of,
});

describe("who holds a lock", () => {
  const judged = (...processes: RunningProcess[]): string => judge(lock, { host: "vm", processes }).kind;

  test("the lock is read as Pulumi writes it", () => {
    const text = '{"pid":42,"username":"ann","hostname":"vm","timestamp":"2026-11-24T09:26:11.161802971Z"}';
    expect(parseLock("/l.json", text)).toEqual(lock);
  });

  test.each(["", "{}", "null", '{"pid":"42","hostname":"vm","timestamp":"2026-11-24T09:26:11Z"}'])(
    "%j is no lock that can be judged",
    (text) => expect(parseLock("/l.json", text)).toBeUndefined(),
  );

  test("dead: no such process, or one that has ended unnoticed", () => {
    expect(judged()).toBe("dead");
    expect(judged(running({ pid: 43 }))).toBe("dead");
    expect(judged(running({ zombie: true }))).toBe("dead");
  });

  test("dead: another program took over the number after the lock was taken", () => {
    expect(judged(running({ words: ["sleep", "9"], started: later(60) }))).toBe("dead");
  });

  test("alive: if uncertain, the lock is kept", () => {
    expect(judged(running({}))).toBe("alive");
    expect(judged(running({ words: ["sleep", "9"], started: later(-60) }))).toBe("alive");
    expect(judged(running({ words: ["sleep", "9"], started: undefined }))).toBe("alive");
    expect(judged(running({ words: ["sleep", "9"], started: later(3) }))).toBe("alive");
    // The clock may have been set since.
    expect(judged(running({ started: later(3600) }))).toBe("alive");
    expect(judge(lock, { host: "vm", processes: undefined }).kind).toBe("alive");
  });

  test("alive: in a container with a separate PID namespace", () => {
    expect(judged(running({ pid: 977, innerPid: 42 }))).toBe("alive");
    expect(judged(running({ pid: 977, innerPid: 42, words: ["nginx"] }))).toBe("dead");
  });

  test("elsewhere: processes of another machine cannot be checked", () => {
    expect(judge(lock, { host: "other", processes: [] }).kind).toBe("elsewhere");
  });

  test("the refusal names holder, state and next command", () => {
    const place = stackPlace("/s", "organization/shop/dev", "");
    const told = formatRefusal(held(place, lock, { kind: "alive", process: running({}) }));
    expect(told).toMatch(
      /^error: stack dev is locked by another run\n {2}why {3}pid 42 of ann on vm .*\(pulumi up\)/,
    );
    expect(told).toMatch(/\n {2}now {3}nothing was changed.*\n {2}next {2}.*kill -INT 42\n$/);
    expect(formatRefusal(held(place, lock, { kind: "elsewhere" }))).toMatch(
      /on vm: ps -p 42.*pulumi cancel --stack dev/,
    );
  });
});

describe("the processes that a killed run left", () => {
  const dead = { project: "shop", stack: "dev", backend: "file:///s", folder: "/shop" };
  const given = { PULUMI_PROJECT: "shop", PULUMI_BACKEND_URL: "file:///s" };
  const plugin = (pid: number, port: number, more: Partial<RunningProcess> = {}): RunningProcess =>
    running({
      pid,
      words: ["/p/resource-docker-v5.2.0/pulumi-resource-docker", `127.0.0.1:${String(port)}`],
      environment: given,
      ...more,
    });
  const program = (
    pid: number,
    port: number,
    stack: string,
    more: Partial<RunningProcess> = {},
  ): RunningProcess =>
    running({
      pid,
      words: [
        ...["node", "/shop/node_modules/@pulumi/pulumi/cmd/run/index.js"],
        ...["--engine", `127.0.0.1:${String(port)}`, "--project", "shop", "--stack", stack, "."],
      ],
      environment: undefined,
      ...more,
    });
  const found = (...processes: RunningProcess[]): number[] =>
    orphansOf(dead, processes).map(({ pid }) => pid);

  test("its plugins, and its program", () => {
    expect(found(plugin(7, 5000), program(8, 5000, "dev"))).toEqual([7, 8]);
  });

  test("a plugin whose environment another user may not see, by the engine it shares with the program", () => {
    expect(found(plugin(7, 5000, { environment: undefined }), program(8, 5000, "dev"))).toEqual([7, 8]);
    expect(found(plugin(7, 5000, { environment: undefined }))).toEqual([]);
  });

  test("nothing of another stack, project, folder or backend", () => {
    expect(found(plugin(7, 5000), program(8, 5000, "prod"))).toEqual([]);
    expect(found(plugin(7, 5000, { environment: { ...given, PULUMI_PROJECT: "other" } }))).toEqual([]);
    expect(found(plugin(7, 5000, { folder: "/shop2" }))).toEqual([]);
    expect(found(plugin(7, 5000, { environment: { ...given, PULUMI_BACKEND_URL: "file:///t" } }))).toEqual(
      [],
    );
  });

  test("nothing below a Pulumi that lives", () => {
    const living = running({ pid: 5, parent: 2, words: ["/bin/pulumi", "preview"] });
    const host = running({ pid: 6, parent: 5, words: ["/bin/pulumi-language-nodejs", "127.0.0.1:5000"] });
    expect(
      found(living, host, program(8, 5000, "dev", { parent: 6 }), plugin(7, 5000, { parent: 5 })),
    ).toEqual([]);
    expect(found({ ...living, zombie: true }, plugin(7, 5000, { parent: 5 }))).toEqual([7]);
  });

  test("nothing that only looks alike", () => {
    expect(found(running({ pid: 7, words: ["curl", "127.0.0.1:5000"], environment: given }))).toEqual([]);
    expect(found(running({ pid: 7, words: ["vi", "pulumi-resource-docker"], environment: given }))).toEqual(
      [],
    );
    expect(found(plugin(7, 5000, { zombie: true }))).toEqual([]);
  });

  test("what a language host started, in whatever language", () => {
    const host = running({
      pid: 6,
      words: ["/bin/pulumi-language-python", "127.0.0.1:5000"],
      environment: given,
    });
    const python = running({ pid: 9, parent: 6, words: ["python3", "-u", "main.py"] });
    expect(found(host, python, running({ pid: 10, words: ["python3"] }))).toEqual([6, 9]);
  });

  test("ps returns the same without /proc", () => {
    const [first, second] = parsePs(
      "   42     1 Ss   Tue Nov 24 09:22:04 2026 /p/pulumi-resource-docker 127.0.0.1:5000 PULUMI_PROJECT=shop PWD=/shop\n" +
        "    7    42 Z    Tue Nov  3 09:22:04 2026 (node)\nnonsense\n",
    );
    expect(first).toEqual({
      pid: 42,
      innerPid: 42,
      parent: 1,
      zombie: false,
      started: new Date("Tue Nov 24 09:22:04 2026"),
      words: ["/p/pulumi-resource-docker", "127.0.0.1:5000"],
      environment: { PULUMI_PROJECT: "shop", PWD: "/shop" },
      folder: "/shop",
    });
    expect(second).toMatchObject({ pid: 7, zombie: true, environment: undefined });
  });
});

describe("pending creations of a killed run", () => {
  const urn = (name: string): string => `urn:pulumi:dev::shop::docker:index/container:Container::${name}`;
  const container = (name: string, more: object = {}) => ({
    urn: urn(name),
    type: "docker:index/container:Container",
    inputs: {
      labels: Object.entries({ identity: "a1", name }).map(([key, value]) => ({
        label: `io.dockwright.${key}`,
        value,
      })),
    },
    ...more,
  });
  const pending = (resource: ReturnType<typeof container>) => ({ type: "creating", resource });
  const state = (resources: object[], ...operations: ReturnType<typeof pending>[]): ExportedStack =>
    ({ deployment: { resources, pending_operations: operations } }) as ExportedStack;
  const words = (exported: ExportedStack) => {
    const { settled, abandoned, unknown } = judgePending(exported);
    return [settled.length, abandoned.map(({ owner }) => owner.name), unknown.length];
  };

  test("recreated and recorded: settled", () => {
    expect(words(state([container("api", { id: "1" })], pending(container("api"))))).toEqual([1, [], 0]);
  });

  test("recorded only as pending deletion, or not at all: checked on the host", () => {
    expect(words(state([container("api", { id: "1", delete: true })], pending(container("api"))))).toEqual([
      0,
      ["api"],
      0,
    ]);
    expect(words(state([], pending(container("api"))))).toEqual([0, ["api"], 0]);
  });

  test("of another owner or provider, or on another host: unknown", () => {
    const far = { urn: "urn:p", type: "pulumi:providers:docker", id: "x", inputs: { host: "ssh://far" } };
    expect(words(state([], pending(container("api", { inputs: {} }))))).toEqual([0, [], 1]);
    expect(words(state([], pending(container("api", { type: "aws:s3/bucket:Bucket" }))))).toEqual([0, [], 1]);
    expect(words(state([far], pending(container("api", { provider: "urn:p::x" }))))).toEqual([0, [], 1]);
    expect(words(state([], { type: "deleting", resource: container("api") }))).toEqual([0, [], 1]);
  });

  test("an image or a volume has one name and is kept", () => {
    expect(words(state([], pending(container("v", { type: "docker:index/volume:Volume" }))))).toEqual([
      1,
      [],
      0,
    ]);
  });

  test("removing them changes nothing else", () => {
    const [a, b] = [pending(container("a")), pending(container("b"))];
    const before = { version: 3, ...state([container("c")], a, b) };
    expect(without(before, [a])).toEqual({ version: 3, ...state([container("c")], b) });
  });

  test("the names that a state knows are those that may be swept", () => {
    const known = knownNames(
      state([container("a"), { urn: "u", type: "pulumi:pulumi:Stack" }], pending(container("b"))),
    );
    expect(known.map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("an incomplete attributes file of a killed run", () => {
  const folder = mkdtempSync(join(tmpdir(), "dw-attrs-"));
  const stacks = join(folder, ".pulumi/stacks/shop");
  const write = (name: string, text: string): void => {
    mkdirSync(stacks, { recursive: true });
    writeFileSync(join(stacks, name), text);
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(["", '{"user.cache_control":""', "\0\0"])("is removed: %j", async (torn) => {
    write("dev.json", "{}");
    write("dev.json.attrs", torn);
    write("prod.json.attrs", '{"md5":null}');
    expect(await removeTorn(folder)).toEqual(["shop/dev.json"]);
    expect(readdirSync(stacks).sort()).toEqual(["dev.json", "prod.json.attrs"]);
    expect(await removeTorn(folder)).toEqual([]);
  });

  test("does not exist without a state", async () => {
    expect(await removeTorn(join(folder, "nowhere"))).toEqual([]);
  });
});
