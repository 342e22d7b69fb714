import { execFile, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";

const run = promisify(execFile);

/**
 * A stand-in for the daemon that keeps what `docker build` sends: the build context after Docker's own client has
 * applied `.dockerignore`, before any builder sees it.
 */
export class ContextCapture {
  private readonly bodies = new Map<string, Buffer>();
  private readonly server: Server = createServer((incoming, answer) => {
    void body(incoming).then((bytes) => {
      const url = new URL(incoming.url ?? "/", "http://daemon");
      if (url.pathname.endsWith("/build")) this.bodies.set(url.searchParams.get("t") ?? "", bytes);
      answer.writeHead(200, { "Api-Version": "1.41", "Content-Type": "application/json", Ostype: "linux" });
      answer.end(
        url.pathname.endsWith("/build") ? '{"stream":"Successfully built"}\n' : '{"ApiVersion":"1.41"}',
      );
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The tar archive that the real client makes of a context. */
  async capture(tag: string, context: string, dockerfile: string): Promise<Buffer> {
    const port = (this.server.address() as AddressInfo).port;
    const env = {
      ...process.env,
      DOCKER_HOST: `tcp://127.0.0.1:${port}`,
      DOCKER_BUILDKIT: "0",
      DOCKER_CONTEXT: "",
    };
    await run("docker", ["build", "-t", tag, "-f", dockerfile, "."], { cwd: context, env });
    const bytes = this.bodies.get(tag);
    if (bytes === undefined) throw new Error(`docker build sent no context for ${tag}`);
    return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  }
}

async function body(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Builds a folder as it is, with the engine's BuildKit: the API call that the Docker provider makes. */
export async function buildWithEngine(tag: string, dockerfile: string, folder: string): Promise<void> {
  const query = new URLSearchParams({ t: tag, dockerfile, version: "2", rm: "1", forcerm: "1" });
  const tar = spawn("tar", ["-C", folder, "-cf", "-", "."], { stdio: ["ignore", "pipe", "inherit"] });
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(
      {
        ...engine(),
        method: "POST",
        path: `/v1.41/build?${query.toString()}`,
        headers: { "Content-Type": "application/x-tar" },
      },
      (answer) => void body(answer).then((bytes) => resolve(bytes.toString("utf8")), reject),
    );
    call.on("error", reject);
    tar.stdout.pipe(call);
  });
  if (!text.includes("Successfully tagged")) throw new Error(text.slice(0, 2000));
}

function engine(): { socketPath: string } | { host: string; port: string } {
  const host = process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock";
  if (host.startsWith("unix://")) return { socketPath: host.slice("unix://".length) };
  const { hostname, port } = new URL(host.replace(/^tcp:/, "http:"));
  return { host: hostname, port };
}

/** What COPY put into `/context/` of an image. */
export async function imageNames(tag: string): Promise<string[]> {
  const { stdout: id } = await run("docker", ["create", tag, "none"]);
  try {
    const listing = await run(
      "sh",
      ["-c", 'docker export "$0" | tar -tf - --quoting-style=literal', id.trim()],
      { maxBuffer: 1 << 26 },
    );
    const names = listing.stdout.split("\n").filter((name) => name.startsWith("context/"));
    return normalNames(names.map((name) => name.slice("context/".length)));
  } finally {
    await run("docker", ["rm", "-f", id.trim()]);
  }
}

/** Unpacks an archive into a new folder; returns the names it holds. */
export async function unpack(tar: Buffer, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const unpacking = run("tar", ["-C", folder, "-xvf", "-", "--quoting-style=literal"], {
    maxBuffer: 1 << 26,
  });
  unpacking.child.stdin?.end(tar);
  return normalNames((await unpacking).stdout.split("\n"));
}

/** Without a leading `./` or a trailing `/`, each once, sorted. */
function normalNames(names: readonly string[]): string[] {
  const clean = names
    .map((name) => name.replace(/^\.\//, "").replace(/\/$/, ""))
    .filter((name) => name !== "" && name !== ".");
  return [...new Set(clean)].sort();
}
