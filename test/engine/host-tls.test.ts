/** A host by TLS: both sides show who they are, and one that the authority did not sign is not talked to. */

import * as pulumi from "@pulumi/pulumi";
import { Container, Image } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import type { HostTls } from "../../components/host/args";
import { Certificates } from "./support/certificates";
import { Deployment } from "./support/deployment";
import { SecondEngine } from "./support/second-engine";

jest.setTimeout(300_000);

const good = new Certificates();
const strange = new Certificates();
const stack = new Deployment("tls");
let engine: SecondEngine;
let address: string;

beforeAll(async () => {
  engine = await SecondEngine.start([
    "--host=tcp://127.0.0.1:2376",
    "--tlsverify",
    `--tlscacert=${good.file("ca")}`,
    `--tlscert=${good.file("server")}`,
    `--tlskey=${good.file("server-key")}`,
  ]);
  address = `tcp://127.0.0.1:${String(await engine.forward(2376))}`;
});
afterAll(async () => {
  await stack.cleanUp();
  await engine.stop();
  good.remove();
  strange.remove();
});

const tls = (ca = good, client = good): HostTls => ({
  ca: ca.text("ca"),
  certificate: client.text("client"),
  key: pulumi.secret(client.text("client-key")),
});

const on = (given: () => HostTls) => async () => {
  const host = new DockerHost("prod", { address, tls: given() });
  const image = new Image("base", { reference: "debian:bookworm-slim", host });
  const command = ["sleep", "1000"];
  new Container("web", { image, command, stopGraceSeconds: 1, monitorSeconds: 1, host });
  await Promise.resolve();
};

it.each([
  [
    "whose authority is another one",
    () => tls(strange),
    "self-signed certificate|unable to verify|certificate",
  ],
  ["that does not know this client", () => tls(good, strange), "certificate|alert|reset"],
])("P10 does not talk to a host %s", async (_, given, cause) => {
  const refused = new Deployment("refused-tls");
  try {
    await expect(refused.up(on(given))).rejects.toThrow();
    expect(refused.printed).toMatch(
      new RegExp(
        `docker host "prod": ${address} does not answer: .*(${cause}).*\\n.*now +nothing was changed`,
      ),
    );
    expect(refused.printed).toContain("give tls the authority that signed the certificate of that host");
  } finally {
    await refused.cleanUp();
  }
});

it("P1 deploys there, and has nothing to do at the second up", async () => {
  await stack.up(on(tls));
  expect(engine.command("ps", "--format", "{{.Names}}")).toBe(`${stack.scope}-web`);
  expect((await stack.up(on(tls))).steps).toEqual({});
});

it("does not affect running containers when the certificate of this client changes", async () => {
  const made = engine.command("ps", "-q");
  const renewed = { ...tls(), ca: `${good.text("ca")}\n` };
  const { steps } = await stack.up(on(() => renewed));
  expect(steps).toEqual({ update: 1 });
  expect(engine.command("ps", "-q")).toBe(made);
});

it("P8 shows no key in what it prints, and keeps none in plain text in the state", () => {
  const key = good.text("client-key").split("\n")[1] ?? "";
  expect(key.length).toBeGreaterThan(20);
  expect(stack.printed + stack.stateFiles()).not.toContain(key);
});
