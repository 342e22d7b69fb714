import * as pulumi from "@pulumi/pulumi";
import { run } from "../../components/testing";
import { readSettings, type Settings } from "../../stacks/settings";
import { goodFile } from "../contract/refusals/settings";
import { configOf, secretText, stacks } from "./stack-file";

const read = (config: Record<string, string>, stack = "dev", project = "dockwright") =>
  run(
    () => {
      pulumi.runtime.setAllConfig(config);
      return readSettings();
    },
    { project, stack },
  );

test.each(stacks)("the file of %s is right, and its secrets are secret", async (stack) => {
  const { error, result } = await read(configOf(stack), stack);
  expect(error).toBeUndefined();

  const { databasePassword, databaseRootPassword, brokerPassword } = result as Settings;
  for (const secret of [databasePassword, databaseRootPassword, brokerPassword]) {
    const inside = secret as unknown as { promise(): Promise<string>; isSecret: Promise<boolean> };
    expect(await inside.isSecret).toBe(true);
    expect(await inside.promise()).toBe(secretText);
  }
});

test("each environment of one host has a port of its own", () => {
  const ports = stacks.map((stack) => configOf(stack)["dockwright:port"]);
  expect(new Set(ports).size).toBe(stacks.length);
});

test("production is protected, and no environment has less of a thing than the one before it", async () => {
  const settings = await Promise.all(
    stacks.map(async (stack) => (await read(configOf(stack), stack)).result as Settings),
  );
  const [, staging, prod] = settings;
  expect([staging?.protectData, prod?.protectData]).toEqual([true, true]);
  expect(prod?.apiReplicas).toBeGreaterThanOrEqual(staging?.apiReplicas ?? NaN);
});

test("settings of another project are none of ours", async () => {
  const config = { ...goodFile, "other:port": "nonsense", "docker:host": "ssh://one" };
  expect((await read(config, "dev", "shop")).error).toBeUndefined();
});

test("a host is an address, with what SSH needs to reach it", async () => {
  const host = { address: "ssh://deploy@203.0.113.5", ssh: { identityFile: "~/.ssh/prod" } };
  const config = { ...goodFile, "shop:host": JSON.stringify(host) };
  expect((await read(config, "dev", "shop")).result).toMatchObject({ host });
});

test("a password that spells a number stays text", async () => {
  const config = { ...goodFile, "shop:brokerPassword": "123456789012" };
  const { result } = await read(config, "dev", "shop");
  const inside = result?.brokerPassword as unknown as { promise(): Promise<unknown> };
  expect(await inside.promise()).toBe("123456789012");
});

test("values are numbers and booleans, however the file spells them", async () => {
  const config = { ...goodFile, "shop:port": "9000", "shop:protectData": "true" };
  expect((await read(config, "dev", "shop")).result).toMatchObject({ port: 9000, protectData: true });
});
