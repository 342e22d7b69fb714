/** P3, P5: what is renamed with an alias, or was made with the provider itself, is replaced in one up: port, name and network included. */

import * as provider from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";

import { BridgeNetwork, Container, Image, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";
import { freePort } from "./support/free-port";

jest.setTimeout(300_000);

const stacks: Deployment[] = [];
const made = (name: string): Deployment => {
  const stack = new Deployment(name);
  stacks.push(stack);
  return stack;
};
const sleep = ["sh", "-c", "trap exit TERM; while :; do sleep 0.1; done"];
const running = (scope: string): string[] =>
  docker("ps", "--format", "{{.Names}}", "--filter", `name=${scope}`).split("\n").filter(Boolean).sort();

afterAll(async () => {
  for (const stack of stacks) await stack.cleanUp();
});

it("P3 containers and networks that are renamed with aliases are replaced in one up, host port included", async () => {
  const stack = made("moves-renamed");
  const port = await freePort();
  const program =
    (web: string, net: string, was: { web?: string; net?: string } = {}) =>
    async () => {
      const aliases = (name?: string) => (name === undefined ? {} : { aliases: [{ name }] });
      const network = new BridgeNetwork(net, {}, aliases(was.net));
      new Container(
        web,
        {
          image: new Image("base", { reference: "debian:bookworm-slim" }),
          command: sleep,
          networks: [network],
          ports: [{ container: 80, host: port }],
          monitorSeconds: 0,
          stopGraceSeconds: 2,
        },
        aliases(was.web),
      );
      await Promise.resolve();
    };
  await stack.up(program("web", "front"));
  await stack.up(program("page", "front", { web: "web" }));
  expect(running(stack.scope)).toEqual([`${stack.scope}-page`]);
  await stack.up(program("page", "edge", { net: "front" }));
  expect(running(stack.scope)).toEqual([`${stack.scope}-page`]);
  expect(exists(`${stack.scope}-front`, "network")).toBe(false);
  await stack.up(program("site", "back", { web: "page", net: "edge" }));
  expect(running(stack.scope)).toEqual([`${stack.scope}-site`]);
  expect(docker("port", `${stack.scope}-site`, "80")).toBe(`127.0.0.1:${String(port)}`);
  expect(await stack.preview(program("site", "back"))).toEqual({});
});

it("P5 what the provider itself made is taken over by aliases to its URNs in one up, host port included", async () => {
  const stack = made("moves-raw");
  const port = await freePort();
  const [web, net, data] = ["web", "net", "data"].map((each) => `dw-test-moves-raw-${each}`) as [
    string,
    string,
    string,
  ];
  const urn = (type: string): string => `urn:pulumi:moves-raw::dw-test::docker:index/${type}::raw`;
  const raw = async () => {
    const network = new provider.Network("raw", { name: net });
    const volume = new provider.Volume("raw", { name: data });
    new provider.Container("raw", {
      name: web,
      image: "debian:bookworm-slim",
      command: ["sh", "-c", "echo row >> /data/rows; trap exit TERM; while :; do sleep 0.1; done"],
      networksAdvanced: [{ name: network.id }],
      ports: [{ internal: 80, external: port, ip: "127.0.0.1" }],
      volumes: [{ volumeName: volume.name, containerPath: "/data" }],
      mustRun: true,
    });
    await Promise.resolve();
  };
  const program = (aliased: boolean) => async () => {
    const from = (type: string): pulumi.ComponentResourceOptions => (aliased ? { aliases: [urn(type)] } : {});
    const network = new BridgeNetwork("net", { name: net }, from("network:Network"));
    const volume = new Volume("data", { name: data, protect: false }, from("volume:Volume"));
    new Container(
      "web",
      {
        name: web,
        image: new Image("base", { reference: "debian:bookworm-slim" }),
        command: ["sh", "-c", "echo more >> /data/rows; trap exit TERM; while :; do sleep 0.1; done"],
        networks: [network],
        ports: [{ container: 80, host: port }],
        mounts: [{ volume, path: "/data" }],
        monitorSeconds: 0,
        stopGraceSeconds: 2,
      },
      from("container:Container"),
    );
    await Promise.resolve();
  };
  await stack.up(raw);
  const { Id } = inspect(web);
  const network = inspect<{ Id: string }>(net, "network").Id;
  await expect(stack.up(program(false))).rejects.toThrow();
  expect([inspect(web).Id, inspect(web).State.Status]).toEqual([Id, "running"]);
  await stack.up(program(true));
  expect(inspect(web).Id).not.toBe(Id);
  expect(exists(Id)).toBe(false);
  expect(inspect<{ Id: string }>(net, "network").Id).toBe(network);
  expect(docker("exec", web, "cat", "/data/rows")).toBe("row\nmore");
  expect(docker("port", web, "80")).toBe(`127.0.0.1:${String(port)}`);
  expect(running(web)).toEqual([web]);
  expect(await stack.preview(program(true))).toEqual({});
  expect(await stack.preview(program(false))).toEqual({});
  await stack.destroy();
  docker("volume", "rm", data);
});
