/** The client against a BuildKit that asks what the real one asks: what is sent, and what its answers become. */

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connect } from "../../components/engine/connect";
import { EngineLost } from "../../components/engine/lost";
import { type BuildArgs, prepareBuild } from "../../components/image/build";
import { CallError } from "../../components/image/build/engine/call";
import { solve } from "../../components/image/build/engine/solve";
import { contextSource, sharedKey, textSource } from "../../components/image/build/engine/source";
import type { Message } from "../../components/image/build/messages";
import { Dockerfile } from "../../components/image/dockerfile";
import { type Build, fakeEngine, type Received } from "./support/fake-buildkit";

let context: string;
beforeEach(() => {
  context = mkdtempSync(join(tmpdir(), "client-test-"));
  mkdirSync(join(context, "sub"));
  writeFileSync(join(context, "Dockerfile"), "FROM debian\nCOPY . /srv/\n");
  writeFileSync(join(context, ".dockerignore"), "secret.txt\nhidden/*\n!hidden/kept\n");
  writeFileSync(join(context, "secret.txt"), "hunter2");
  writeFileSync(join(context, "sub", "a.txt"), "a");
  writeFileSync(join(context, "sub.txt"), "b");
  symlinkSync("sub/a.txt", join(context, "link"));
});
afterEach(() => rmSync(context, { recursive: true, force: true }));

async function built(build: Build, args: BuildArgs = { context }) {
  const engine = await fakeEngine(build);
  const statuses: Message<"StatusResponse">[] = [];
  const { request } = prepareBuild(args);
  const source = contextSource(request.context);
  try {
    await solve(connect({ address: { kind: "unix", text: "", socket: engine.socket }, sshArguments: [] }), {
      sources: {
        context: source,
        dockerfile: textSource(request.dockerfile.name, request.dockerfile.text),
      },
      sharedKey: sharedKey(request, source),
      attributes: request.attributes,
      entitlements: request.entitlements,
      secrets: request.secrets as Readonly<Record<string, string>>,
      loginOf: (registry) =>
        Promise.resolve(
          registry === "private.example"
            ? { login: { serveraddress: registry, username: "ci", password: "hunter2" } }
            : {},
        ),
      name: "shop-dev/app:0123456789ab",
      onStatus: (status) => statuses.push(status),
    });
  } finally {
    engine.close();
  }
  return statuses;
}

/** What a build received of a folder. */
async function received(...question: Parameters<Parameters<Build>[0]["sync"]>): Promise<Received> {
  let got: Received | undefined;
  await built(async ({ sync }) => {
    got = await sync(...question);
  });
  return got as Received;
}

test("a build is asked for by its options, with a session that can send files", async () => {
  let asked: Message<"SolveRequest"> | undefined;
  let methods: unknown;
  const args = {
    context,
    target: "final",
    args: { A: "1" },
    labels: { team: "blue" },
    platform: "linux/arm64",
  };
  writeFileSync(join(context, "Dockerfile"), "FROM debian AS final\n");
  await built(
    ({ request, headers }) => {
      asked = request;
      methods = headers["methods"];
      return Promise.resolve();
    },
    { ...args, noCache: true, network: "host", extraHosts: { "db.internal": "10.0.0.5", other: "10.0.0.6" } },
  );
  const name = { name: "shop-dev/app:0123456789ab" };
  expect(asked).toMatchObject({
    Frontend: "dockerfile.v0",
    FrontendAttrs: {
      filename: "Dockerfile",
      target: "final",
      platform: "linux/arm64",
      "no-cache": "",
      "force-network-mode": "host",
      "add-hosts": "db.internal=10.0.0.5,other=10.0.0.6",
      "build-arg:A": "1",
      "label:team": "blue",
    },
    Entitlements: ["network.host"],
    ExporterDeprecated: "moby",
    ExporterAttrsDeprecated: name,
    Exporters: [{ Type: "moby", Attrs: name }],
  });
  expect(asked?.Session).toMatch(/^[0-9a-f]{32}$/);
  expect(methods).toContain("/moby.filesync.v1.FileSync/DiffCopy");
});

test("the context arrives as .dockerignore lets it through, in BuildKit's order, with modes, links and times", async () => {
  mkdirSync(join(context, "hidden"));
  writeFileSync(join(context, "hidden", "kept"), "k");
  writeFileSync(join(context, "hidden", "other"), "o");
  chmodSync(join(context, "sub.txt"), 0o755);
  utimesSync(join(context, "sub.txt"), 1.5, 1.5);
  const { stats, files, grpcStatus } = await received("context");
  expect(stats.map(({ path }) => path)).toEqual([
    ".dockerignore",
    "Dockerfile",
    "hidden",
    "hidden/kept",
    "link",
    "sub",
    "sub/a.txt",
    "sub.txt",
  ]);
  expect(files).toMatchObject({ "hidden/kept": "k", "sub/a.txt": "a", "sub.txt": "b" });
  const stat = (name: string) => stats.find(({ path }) => path === name);
  expect(stat("sub")?.mode).toBe(0x80000000 + 0o755);
  expect(stat("link")).toMatchObject({ linkname: "sub/a.txt", mode: 0x08000000 + 0o777 });
  expect(stat("sub.txt")).toMatchObject({ mode: 0o755, size: 1, modTime: 1_500_000_000 });
  expect(grpcStatus).toBe("0");
});

test("large files and many files arrive unchanged", async () => {
  const text = Array.from({ length: 300_000 }, (_, at) => String.fromCharCode(at % 256)).join("");
  writeFileSync(join(context, "large"), Buffer.from(text, "latin1"));
  writeFileSync(join(context, "empty"), "");
  for (let at = 0; at < 2000; at++) writeFileSync(join(context, `n${String(at)}`), String(at));
  const { files } = await received("context");
  expect(files["large"] === text).toBe(true);
  expect(files["empty"]).toBe("");
  expect(Object.entries(files).filter(([name, content]) => name === `n${content}`)).toHaveLength(2000);
});

test("only what BuildKit names is sent, and everything if a pattern or a link prevents that", async () => {
  const paths = async (...follow: string[]) =>
    (await received("context", follow)).stats.map(({ path }) => path);
  expect(await paths(".dockerignore")).toEqual([".dockerignore"]);
  expect(await paths("sub", "missing")).toEqual(["sub", "sub/a.txt"]);
  expect(await paths("sub/a.txt")).toEqual(["sub", "sub/a.txt"]);
  for (const all of ["*.txt", "link", "."]) expect(await paths(all)).toContain("sub.txt");
});

test("the Dockerfile is sent from memory, under its own name and nothing beside it", async () => {
  writeFileSync(join(context, "Dockerfile"), "FROM debian\n# first\n");
  let got: Received | undefined;
  await built(
    async ({ sync, request }) => {
      expect(request.FrontendAttrs["filename"]).toBe("api.Dockerfile");
      got = await sync("dockerfile", ["api.Dockerfile", "api.Dockerfile.dockerignore", "dockerfile"]);
    },
    (() => {
      writeFileSync(join(context, "sub", "api.Dockerfile"), "FROM scratch\n");
      return { context, dockerfile: "sub/api.Dockerfile" };
    })(),
  );
  expect(got?.files).toEqual({ "api.Dockerfile": "FROM scratch\n" });
});

test("with a typed Dockerfile the context arrives without its ignore file, and without a context nothing does", async () => {
  const dockerfile = Dockerfile.from("debian").copy(".", "/srv/");
  const names: string[][] = [];
  const build: Build = async ({ sync }) => {
    names.push((await sync("context")).stats.map(({ path }) => path));
    expect((await sync("dockerfile")).files).toEqual({ Dockerfile: dockerfile.toString() });
  };
  await built(build, { context, dockerfile });
  await built(build, { dockerfile });
  expect(names[0]).toContain("Dockerfile");
  expect(names[0]).not.toContain(".dockerignore");
  expect(names[1]).toEqual([]);
});

test("a file that vanished before it is read fails the transfer and does not arrive as an empty one", async () => {
  let got: Received | undefined;
  await built(async ({ sync }) => {
    got = await sync("context", [], ({ path }) => {
      rmSync(join(context, path), { force: true });
      return path === "sub.txt";
    });
  });
  expect(got?.error).toContain("ENOENT");
  expect(got?.grpcStatus).toBe("2");
});

test("P8 a secret is sent to the builder that asks for it, and to no other place", async () => {
  const path = "/moby.buildkit.secrets.v1.Secrets/GetSecret";
  await built(
    async ({ ask, request }) => {
      const { data } = await ask(path, ["GetSecretRequest", { ID: "token" }], "GetSecretResponse");
      expect(Buffer.from(data).toString()).toBe("hunter2 ü");
      await expect(
        ask(path, ["GetSecretRequest", { ID: "other" }], "GetSecretResponse"),
      ).rejects.toMatchObject({
        code: 5,
        message: 'there is no secret "other"; add it to build: { secrets }',
      });
      expect(JSON.stringify(request)).not.toContain("hunter2");
    },
    { context, secrets: { token: "hunter2 ü" } },
  );
});

test("the login for the registry of a base image is sent, and none where there is none", async () => {
  const path = "/moby.filesync.v1.Auth/Credentials";
  await built(async ({ ask }) => {
    const of = (Host: string) => ask(path, ["CredentialsRequest", { Host }], "CredentialsResponse");
    expect(await of("private.example")).toEqual({ Username: "ci", Secret: "hunter2" });
    expect(await of("public.example")).toEqual({ Username: "", Secret: "" });
  });
});

test("a folder that is not part of the build is refused", async () => {
  expect((await received("other")).grpcStatus).toBe("5");
});

test("reports arrive before the build ends", async () => {
  const vertex = {
    digest: "d",
    name: "[1/2] RUN true",
    cached: false,
    started: null,
    completed: null,
    error: "",
  };
  const statuses = await built(({ status }) => {
    status({ vertexes: [vertex], logs: [{ vertex: "d", msg: Buffer.from("hello\n") }] });
    return Promise.resolve();
  });
  expect(statuses).toHaveLength(1);
  expect(statuses[0]?.vertexes).toEqual([vertex]);
  expect(Buffer.from(statuses[0]?.logs[0]?.msg ?? []).toString()).toBe("hello\n");
});

test("BuildKit's own words are the error of a failed build", async () => {
  const failed = built(() => Promise.reject(Object.assign(new Error("exit code: 7 – ü%"), { code: 2 })));
  await expect(failed).rejects.toEqual(new CallError(2, "exit code: 7 – ü%"));
  await failed.catch((error: unknown) => expect((error as CallError).code).toBe(2));
});

test("an Engine that goes away during a build is a lost Engine", async () => {
  await expect(
    built(({ hangUp }) => {
      hangUp();
      return new Promise(() => undefined);
    }),
  ).rejects.toBeInstanceOf(EngineLost);
});

test("files with a time of a whole second count by their content", () => {
  const key = () => {
    const { request } = prepareBuild({ context });
    return sharedKey(request, contextSource(request.context));
  };
  const file = join(context, "sub", "a.txt");
  const set = (text: string, time: number) => {
    writeFileSync(file, text);
    utimesSync(file, time, time);
    return key();
  };
  expect(set("a", 7)).not.toBe(set("b", 7));
  expect(set("a", 7.5)).toBe(set("b", 7.5));
  expect(set("a", 7)).toBe(set("a", 7));
});
