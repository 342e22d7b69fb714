/** The host of the docker command: DOCKER_HOST, else DOCKER_CONTEXT, else the current context. */

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DockerHost, Registry } from "../../components";
import { connect } from "../../components/engine/connect";
import { commandHost, readContext } from "../../components/host/disk/command-host";
import { movedText } from "../../components/host/former-host";
import { run } from "../../components/testing";

const folder = mkdtempSync(join(tmpdir(), "dw-context-"));
const socket = join(folder, "engine.sock");
const pem = (kind: string) => `-----BEGIN ${kind}-----\nx\n-----END ${kind}-----\n`;
const tls = { "ca.pem": pem("CERTIFICATE"), "cert.pem": pem("CERTIFICATE"), "key.pem": pem("PRIVATE KEY") };

/** As `docker context create` writes it. */
function context(
  name: string,
  endpoint: object | string,
  files: Readonly<Record<string, string>> = {},
): void {
  const id = createHash("sha256").update(name).digest("hex");
  const write = (parts: string[], text: string): void => {
    mkdirSync(join(folder, "contexts", ...parts.slice(0, -1)), { recursive: true });
    writeFileSync(join(folder, "contexts", ...parts), text);
  };
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: endpoint } };
  write(["meta", id, "meta.json"], typeof endpoint === "string" ? endpoint : JSON.stringify(meta));
  for (const [file, text] of Object.entries(files)) write(["tls", id, "docker", file], text);
}

/** The environment of the docker command, and no other variable of it. */
function environment(variables: Readonly<Record<string, string>>, config: object | string = {}): void {
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CERT_PATH, ...rest } = process.env;
  jest.replaceProperty(process, "env", { ...rest, DOCKER_CONFIG: folder, ...variables });
  writeFileSync(join(folder, "config.json"), typeof config === "string" ? config : JSON.stringify(config));
}

beforeAll(() => {
  context("colima", { Host: `unix://${socket}` });
  context("far", { Host: "ssh://deploy@h:22" });
  context("secure", { Host: "tcp://h:2376", SkipTLSVerify: false }, tls);
  context("open", { Host: "tcp://h:2375" });
  context("lax", { Host: "tcp://h:2376", SkipTLSVerify: true }, tls);
  context("broken", "{");
  context("odd", { Host: "quic://h" });
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["nothing", {}, {}, "unix:///var/run/docker.sock"],
  ["the context default", {}, { currentContext: "default" }, "unix:///var/run/docker.sock"],
  ["the current context", {}, { currentContext: "colima" }, `unix://${socket}`],
  [
    "a variable before the current one",
    { DOCKER_CONTEXT: "far" },
    { currentContext: "colima" },
    "ssh://deploy@h",
  ],
  [
    "an empty variable",
    { DOCKER_CONTEXT: "", DOCKER_HOST: "" },
    { currentContext: "colima" },
    `unix://${socket}`,
  ],
  [
    "DOCKER_CONTEXT=default",
    { DOCKER_CONTEXT: "default" },
    { currentContext: "colima" },
    "unix:///var/run/docker.sock",
  ],
  [
    "DOCKER_HOST before all",
    { DOCKER_HOST: "ssh://x", DOCKER_CONTEXT: "far" },
    { currentContext: "colima" },
    "ssh://x",
  ],
  ["TLS", { DOCKER_CONTEXT: "secure" }, {}, "tcp://h:2376"],
])("%s: the host of the docker command is found", (_, variables, config, text) => {
  environment(variables, config);
  expect(commandHost()).toMatchObject({ text });
});

test.each([
  ["gone", /^it does not exist; docker context ls/],
  ["open", /^tcp:\/\/h:2375 needs ca, cert and key: anyone who can reach a port without TLS has root access/],
  ["lax", /^tcp:\/\/h:2376 is not verified \(skip-tls-verify\); create it again: docker context create/],
  ["broken", /^its file has no endpoint of a Docker Engine$/],
  ["odd", /^its endpoint must be "ssh:\/\/user@host"/],
])("P10 the context %s cannot be used, and the error names it", (name, why) => {
  environment({}, { currentContext: name });
  expect(commandHost()).toEqual({
    kind: "unusable",
    what: `docker context "${name}"`,
    why: expect.stringMatching(/^currentContext of \S+config\.json selects it, and ./) as string,
  });
  expect(readContext(name)).toEqual({ wrong: expect.stringMatching(why) as string });
});

test("P8 a broken settings file is named, and nothing of it is quoted", () => {
  environment({}, '{ "auths": { "r": { "auth": "hunter2" } }');
  expect(commandHost()).toEqual({
    kind: "unusable",
    what: join(folder, "config.json"),
    why: "it is not a JSON object",
  });
});

test("the own connection goes to the context's Engine, and names a context that cannot be used", async () => {
  const server = createServer((_, response) => response.end("OK")).listen(socket);
  environment({}, { currentContext: "colima" });
  expect(String(await connect().ping())).toBe("OK");
  environment({ DOCKER_HOST: "tcp://127.0.0.1:1" });
  const address = { kind: "unix", text: `unix://${socket}`, socket } as const;
  expect(String(await connect({ address, sshArguments: [] }).ping())).toBe("OK");
  server.closeAllConnections();
  server.close();
  environment({ DOCKER_CONTEXT: "gone" });
  await expect(connect().ping()).rejects.toThrow(
    'the Docker Engine does not answer: docker context "gone": DOCKER_CONTEXT selects it, and it does not exist',
  );
});

describe("DockerHost({ context })", () => {
  const childOf = async (name: string) =>
    (await run(() => new DockerHost("prod", { context: name }))).children.find(({ type }) => type !== "");

  test("is the context's address, with its TLS material", async () => {
    environment({});
    expect(await childOf("far")).toMatchObject({
      name: "prod-on-ssh-deploy-h",
      inputs: { host: "ssh://deploy@h" },
    });
    expect((await childOf("secure"))?.inputs).toEqual({
      host: "tcp://h:2376",
      caMaterial: tls["ca.pem"],
      certMaterial: tls["cert.pem"],
      keyMaterial: { secret: tls["key.pem"] },
    });
  });

  test("variables that the provider would prefer are switched off", async () => {
    environment({ DOCKER_CONTEXT: "colima", DOCKER_CERT_PATH: "/certs" });
    expect((await childOf("far"))?.inputs).toMatchObject({
      host: "ssh://deploy@h",
      context: "",
      certPath: "",
    });
    const login = { address: "r.example.com", username: "ada", password: "x" };
    const { children } = await run(() => new Registry("team", login));
    expect(children[0]?.inputs).toMatchObject({ context: "" });
  });
});

describe("a stack whose objects are on another machine", () => {
  const labels = [{ label: "io.dockwright.identity", value: "me" }];
  const web = { urn: "urn:web", type: "docker:index/container:Container", outputs: { labels } };
  const provider = (name: string, host?: string) => ({
    urn: `urn:pulumi:s::p::pulumi:providers:docker::${name}`,
    type: "pulumi:providers:docker",
    outputs: host === undefined ? {} : { host },
  });
  const moved = (variables: Readonly<Record<string, string>>, ...state: Parameters<typeof movedText>[0]) => {
    environment(variables);
    const now = commandHost();
    return now.kind === "unusable" ? now.what : movedText(state, "me", now);
  };

  test("P2 is refused, with both hosts and what to do", () => {
    expect(moved({ DOCKER_CONTEXT: "far" }, web, provider("default_5_2_0"))?.split("\n")).toEqual([
      'docker host: this stack was deployed to the default context, and the docker command now uses ssh://deploy@h (context "far" of DOCKER_CONTEXT), where its object does not exist',
      "  now        nothing was changed",
      '  next       select the former host with docker context use NAME, DOCKER_CONTEXT or DOCKER_HOST, then run the same command again; to move the stack, give its components host: new DockerHost("far", { context: "far" }); if the former host is gone, the same with identity: "default"',
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, Parameters<typeof movedText>[0], boolean]>([
    ["another context", { DOCKER_CONTEXT: "far" }, [web, provider("dockwright", "ssh://old")], true],
    [
      "the default one again",
      {},
      [web, provider("dockwright", "ssh://old"), provider("default_5_2_0")],
      true,
    ],
    ["another DOCKER_HOST", { DOCKER_HOST: "ssh://x" }, [web, provider("default_5_2_0", "ssh://old")], true],
    ["the same context", { DOCKER_CONTEXT: "far" }, [web, provider("dockwright", "ssh://deploy@h")], false],
    ["the same DOCKER_HOST", { DOCKER_HOST: "ssh://x" }, [web, provider("default_5_2_0", "ssh://x")], false],
    ["a host that was not recorded", {}, [web, provider("default_5_2_0")], false],
    ["nothing deployed yet", { DOCKER_CONTEXT: "far" }, [provider("default_5_2_0")], false],
    [
      "objects of a DockerHost alone",
      { DOCKER_CONTEXT: "far" },
      [{ ...web, outputs: { labels: [...labels, { label: "io.dockwright.host", value: "ssh://a" }] } }],
      false,
    ],
  ])("%s", (_, variables, state, isRefused) => {
    expect(moved(variables, ...state) !== undefined).toBe(isRefused);
  });
});
