/** The logins of the docker command, as a pull uses them. */

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Docker from "dockerode";

import { pullImage } from "../../components/image/engine/pull";
import { pullRemedy } from "../../components/image/pull-remedy";
import { dockerLogin } from "../../components/registry/engine";

const folder = mkdtempSync(join(tmpdir(), "dw-login-"));
const basic = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString("base64");
const HUB = "https://index.docker.io/v1/";

/** A credential helper that writes down what it was asked. */
function helper(name: string, answer: string, code = 0): void {
  const file = join(folder, `docker-credential-${name}`);
  writeFileSync(
    file,
    `#!/bin/sh\nprintf '%s ' "$@" >>"$0.log"\ncat >>"$0.log"\ncat <<'END'\n${answer}\nEND\nexit ${code}\n`,
  );
  chmodSync(file, 0o755);
}

function settings(config: object | string): void {
  jest.replaceProperty(process, "env", {
    ...process.env,
    DOCKER_CONFIG: folder,
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
  });
  writeFileSync(join(folder, "config.json"), typeof config === "string" ? config : JSON.stringify(config));
}

beforeAll(() => {
  helper("ecr", '{ "ServerURL": "r", "Username": "AWS", "Secret": "t0ken" }');
  helper("acr", '{ "Username": "<token>", "Secret": "identity" }');
  helper("none", "credentials not found in native keychain", 1);
  helper("broken", "hunter2", 3);
  helper("odd", "hunter2");
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[string, string, object, object]>([
  ["no settings", "r.example.com/app", {}, {}],
  [
    "auths",
    "r.example.com:5000/app:1",
    { auths: { "r.example.com:5000": { auth: basic("ada", "a:b") } } },
    { login: { serveraddress: "r.example.com:5000", username: "ada", password: "a:b" } },
  ],
  [
    "an address with a scheme",
    "r.example.com/app",
    { auths: { "https://r.example.com/v1/": { auth: basic("ada", "x") } } },
    { login: { serveraddress: "r.example.com", username: "ada", password: "x" } },
  ],
  [
    "Docker Hub",
    "debian:bookworm-slim",
    { auths: { [HUB]: { auth: basic("ada", "x") } } },
    { login: { serveraddress: HUB, username: "ada", password: "x" } },
  ],
  [
    "another registry",
    "r.example.com/app",
    { auths: { "other.example.com": { auth: basic("a", "b") } } },
    {},
  ],
  [
    "an identity token",
    "r.azurecr.io/app",
    { auths: { "r.azurecr.io": { auth: basic("0000", ""), identitytoken: "t" } } },
    { login: { serveraddress: "r.azurecr.io", username: "0000", identitytoken: "t" } },
  ],
  [
    "a helper of one registry before that of all",
    "1.dkr.ecr.eu-west-1.amazonaws.com/app",
    { credsStore: "none", credHelpers: { "1.dkr.ecr.eu-west-1.amazonaws.com": "ecr" } },
    { login: { serveraddress: "1.dkr.ecr.eu-west-1.amazonaws.com", username: "AWS", password: "t0ken" } },
  ],
  [
    "a helper of all",
    "r.example.com/app",
    { auths: { "r.example.com": {} }, credsStore: "acr" },
    { login: { serveraddress: "r.example.com", identitytoken: "identity" } },
  ],
  ["a helper that has none", "r.example.com/app", { credsStore: "none" }, {}],
  [
    "a helper that is missing",
    "r.example.com/app",
    { credsStore: "nowhere" },
    { why: "docker-credential-nowhere gave no login for r.example.com: it is not on PATH" },
  ],
  [
    "a helper that fails",
    "r.example.com/app",
    { credsStore: "broken" },
    { why: "docker-credential-broken gave no login for r.example.com: it exited with code 3" },
  ],
  [
    "P8 a helper that answers something else",
    "r.example.com/app",
    { credsStore: "odd" },
    { why: "docker-credential-odd gave no login for r.example.com: its answer is not a login" },
  ],
])("%s", async (_, reference, config, found) => {
  settings(config);
  expect(await dockerLogin(reference)).toEqual(found);
});

test("P8 a helper gets the registry through its input, and a broken settings file is not quoted", async () => {
  settings({ credHelpers: { "r.example.com": "ecr" } });
  writeFileSync(join(folder, "docker-credential-ecr.log"), "");
  await dockerLogin("r.example.com/app");
  expect(readFileSync(join(folder, "docker-credential-ecr.log"), "utf8")).toBe("get r.example.com");
  settings('{ "auths": hunter2');
  expect(await dockerLogin("r.example.com/app")).toEqual({
    why: `${join(folder, "config.json")} is not a JSON object`,
  });
});

test("the Engine gets the login in a header; its refusal and a helper that failed are one error", async () => {
  const seen: unknown[] = [];
  const socket = join(folder, "engine.sock");
  const server = createServer((request, response) => {
    const header = request.headers["x-registry-auth"];
    seen.push(
      request.url,
      header === undefined ? undefined : JSON.parse(Buffer.from(String(header), "base64url").toString()),
    );
    response.statusCode = header === undefined ? 500 : 200;
    response.end(header === undefined ? '{"message":"no basic auth credentials"}' : '{"status":"done"}\n');
  }).listen(socket);
  const engine = new Docker({ socketPath: socket });
  settings({ auths: { "r.example.com": { auth: basic("ada", "x") } } });
  await pullImage(engine, "r.example.com/app:1");
  settings({ credsStore: "broken" });
  await expect(pullImage(engine, "r.example.com/app:1")).rejects.toThrow(
    "no basic auth credentials; docker-credential-broken gave no login for r.example.com: it exited with code 3",
  );
  server.closeAllConnections();
  server.close();
  expect(seen.slice(1, 2)).toEqual([{ serveraddress: "r.example.com", username: "ada", password: "x" }]);
  expect(String(seen[0])).not.toContain("ada");
});

test("P10 a pull without a login says how to log in", () => {
  expect(pullRemedy("r.example.com/app:1", "no basic auth credentials")).toMatch(
    /^docker login r\.example\.com, or give the Image a registry: new Registry\(/,
  );
  expect(pullRemedy("app:1", "not found")).toMatch(/^check that docker pull app:1 succeeds/);
});
