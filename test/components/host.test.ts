import * as pulumi from "@pulumi/pulumi";
import { BridgeNetwork, Image, Registry, RegistryPush, Volume } from "../../components";
import { DockerHost } from "../../components/host/docker-host";
import type { DockerHostArgs } from "../../components/host/args";
import { run } from "../../components/testing";

const certificate = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----";
const key = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----";
const tls = { ca: certificate, certificate, key };

const providerOf = async (args: DockerHostArgs) => (await run(() => new DockerHost("prod", args))).children;

test("has one child, a provider whose name carries the host", async () => {
  expect(
    await providerOf({ address: "ssh://deploy@203.0.113.5:22", ssh: { identityFile: "~/key" } }),
  ).toEqual([
    {
      type: "pulumi:providers:docker",
      name: "prod-on-ssh-deploy-203.0.113.5",
      parent: "DockerHost prod",
      provider: "",
      inputs: {
        host: "ssh://deploy@203.0.113.5",
        sshOpts: JSON.stringify([
          ...["-o", "BatchMode=yes", "-o", "IdentityFile=~/key", "-o", "IdentitiesOnly=yes"],
          ...["-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15"],
        ]),
      },
      options: {},
    },
  ]);
});

test("verifies a host by TLS, and keeps its own key secret", async () => {
  const [provider] = await providerOf({ address: "tcp://h:2376", tls });
  expect(provider?.inputs).toEqual({
    host: "tcp://h:2376",
    caMaterial: certificate,
    certMaterial: certificate,
    keyMaterial: { secret: key },
  });
});

test("what a preview does not know yet passes", async () => {
  const later = {
    ca: pulumi.output(certificate),
    certificate: pulumi.output(certificate),
    key: pulumi.secret(key),
  };
  const [provider] = await providerOf({ address: "tcp://h:2376", tls: later });
  expect(provider?.inputs["keyMaterial"]).toEqual({ secret: key });
});

test("everything that is given a host is made by its provider, and named after it", async () => {
  const { children, error } = await run(() => {
    const host = new DockerHost("prod", { address: "ssh://h" });
    const image = new Image("app", { reference: "nginx:1.27", host });
    const registry = new Registry("team", { address: "r.example.com", username: "ada", password: "x", host });
    new RegistryPush("push", { image, registry, repository: "team/app" });
    new Image("pulled", { reference: "r.example.com/app", registry });
    new Volume("data", { host });
    new BridgeNetwork("net", { host });
  });

  expect(error).toBeUndefined();
  expect(children.map(({ name, provider }) => `${name} by ${provider}`).sort()).toEqual([
    "app-on-ssh-h by docker prod-on-ssh-h",
    "data-on-ssh-h by docker prod-on-ssh-h",
    "net-on-ssh-h by docker prod-on-ssh-h",
    "prod-on-ssh-h by ",
    "pulled-on-ssh-h by docker team-on-ssh-h",
    "push-local-on-ssh-h by docker team-on-ssh-h",
    "push-on-ssh-h by docker team-on-ssh-h",
    "push-tag-on-ssh-h by docker prod-on-ssh-h",
    "team-on-ssh-h by ",
  ]);
  const login = children.find(({ name }) => name === "team-on-ssh-h");
  expect(login?.inputs).toMatchObject({
    host: "ssh://h",
    sshOpts: expect.stringContaining("BatchMode=yes") as string,
  });
});

test("two hosts may hold things of one name and one subnet", async () => {
  const { error } = await run(() => {
    for (const name of ["a", "b"]) {
      const host = new DockerHost(name, { address: `ssh://${name}` });
      new Volume(`data-${name}`, { name: "data", host });
      new BridgeNetwork(`net-${name}`, { name: "net", subnet: "10.9.0.0/24", host });
    }
  });
  expect(error).toBeUndefined();
});

test("one host may not", async () => {
  const { error } = await run(() => {
    const host = new DockerHost("a", { address: "ssh://a" });
    new Volume("one", { name: "data", host });
    new Volume("two", { name: "data", host });
  });
  expect(error?.message).toContain('must be unique on the host, got "data", which volume "one" already uses');
});
