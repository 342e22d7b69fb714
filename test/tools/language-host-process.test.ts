import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** The compiled host as a process of its own, an engine that only listens, and a program whose SDK is a stand-in. */
const root = path.resolve(__dirname, "../..");
let folder: string;
let engine: net.Server;
let host: ChildProcess;
let client: LanguageRuntimeClient;

beforeAll(() => {
  mkdirSync(path.join(root, ".dockwright"), { recursive: true });
  folder = mkdtempSync(path.join(root, ".dockwright/language-host-test-"));
  execFileSync(path.join(root, "tools/language-host/build"), [path.join(folder, "host")], { stdio: "pipe" });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  engine = net.createServer((socket) => socket.on("error", () => socket.destroy())).listen(0, "127.0.0.1");
  await once(engine, "listening");
  const { port } = engine.address() as net.AddressInfo;
  host = spawn(process.execPath, [path.join(folder, "host/main.js"), `127.0.0.1:${port}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(host.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  expect(line.toString()).toMatch(/^\d+\n$/);
  client = new LanguageRuntimeClient(
    `127.0.0.1:${line.toString().trim()}`,
    grpc.credentials.createInsecure(),
  );
}, 60_000);
afterEach(() => {
  client.close();
  host.kill("SIGKILL");
  engine.close();
});

/** A program folder whose @pulumi/pulumi runs `source` in place of the SDK's runner. */
function programRunning(source: string): pb.RunRequest {
  const directory = mkdtempSync(path.join(folder, "program-"));
  const runner = path.join(directory, "node_modules/@pulumi/pulumi/cmd/run");
  mkdirSync(runner, { recursive: true });
  writeFileSync(path.join(runner, "index.js"), source);
  const info = new pb.ProgramInfo()
    .setProgramDirectory(directory)
    .setRootDirectory(directory)
    .setEntryPoint("index.ts");
  return new pb.RunRequest()
    .setInfo(info)
    .setProject("shop")
    .setStack("dev")
    .setMonitorAddress("127.0.0.1:1")
    .setParallel(1);
}

function run(request: pb.RunRequest): Promise<pb.RunResponse> {
  return new Promise((resolve, reject) =>
    client.run(request, (error, response) => (error ? reject(error) : resolve(response))),
  );
}

test("it prints its port and reports its version", async () => {
  const version = await new Promise((resolve, reject) =>
    client.getPluginInfo(new Empty(), (error, info) => (error ? reject(error) : resolve(info.getVersion()))),
  );
  expect(version).toBe("1.0.0");
}, 60_000);

test("what it does not have it says so", async () => {
  const code = await new Promise((resolve) =>
    client.pack(new pb.PackRequest(), (error) => resolve(error?.code)),
  );
  expect(code).toBe(grpc.status.UNIMPLEMENTED);
}, 60_000);

test("it runs a program: success, bail and failure are distinguished", async () => {
  const ends = await Promise.all([0, 32, 3].map((code) => run(programRunning(`process.exit(${code})`))));
  expect(ends.map((end) => [end.getBail(), end.getError()])).toEqual([
    [false, ""],
    [true, ""],
    [false, "the program exited with code 3"],
  ]);
}, 60_000);

test("the error of a program without its SDK names the remedy", async () => {
  const request = new pb.RunRequest().setInfo(new pb.ProgramInfo().setProgramDirectory("/"));
  expect((await run(request)).getError()).toBe("@pulumi/pulumi is not installed in /; run npm install there");
}, 60_000);

test("when the engine goes away it ends, and its program with it", async () => {
  const child = path.join(folder, "child.pid");
  const source = `require("fs").writeFileSync(${JSON.stringify(child)}, String(process.pid)); setInterval(() => {}, 1000);`;
  const answer = run(programRunning(source)).catch(() => undefined);
  const pid = await eventually(
    () => Number(execFileSync("cat", [child], { stdio: "pipe" }).toString()) || undefined,
  );
  expect(alive(pid)).toBe(true);

  engine.close();
  const [code] = (await once(host, "exit")) as [number];
  expect(code).toBe(0);
  expect(alive(pid)).toBe(false);
  await answer;
}, 60_000);

async function eventually<T>(ask: () => T | undefined): Promise<T> {
  for (;;) {
    try {
      const found = ask();
      if (found !== undefined) return found;
    } catch {
      // not yet
    }
    await new Promise((next) => setTimeout(next, 50));
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
