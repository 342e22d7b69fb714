import * as pulumi from "@pulumi/pulumi";
import { type Run, run } from "../../components/testing";
import { dataRefusals } from "./refusals/container-data";
import { limitRefusals } from "./refusals/container-limits";
import { mountRefusals } from "./refusals/container-mounts";
import { portRefusals } from "./refusals/container-ports";
import { processRefusals } from "./refusals/container-process";
import { riskRefusals } from "./refusals/container-risks";
import { dockerfileRefusals, imageRefusals } from "./refusals/images";
import { hostRefusals } from "./refusals/hosts";
import { objectRefusals } from "./refusals/objects";
import type { Refusal } from "./refusals/refusal";
import { goodFile, wrongFiles } from "./refusals/settings";
import { readSettings } from "../../stacks/settings";

const components: readonly (readonly [string, readonly Refusal[]])[] = [
  ["ports", portRefusals],
  ["mounts", mountRefusals],
  ["variables, secrets and files", dataRefusals],
  ["limits", limitRefusals],
  ["risks and networks", riskRefusals],
  ["process", processRefusals],
  ["volumes, networks, registries and pushes", objectRefusals],
  ["images", imageRefusals],
  ["hosts", hostRefusals],
];

/** What the tables put into the place of a secret. */
const secrets = ["hunter2", "12345678", "correct-horse"];

describe.each(components)("a component is refused for its %s", (_, refusals) => {
  test.each(refusals)("%s", async (_why, program, says) => {
    const { error, resources } = await run(program);

    expect(error?.message.split("\n")).toEqual(says);
    expect(error).toBeInstanceOf(pulumi.ResourceError);
    expect(madeBelow((error as pulumi.ResourceError).resource, resources)).toEqual([]);
    expectNoSecret(error);
  });
});

describe("an instruction of a Dockerfile is refused", () => {
  test.each(dockerfileRefusals)("%s", async (_why, program, says) => {
    const { error, resources } = await run(program);

    expect(error?.message.split("\n")).toEqual(says);
    expect(resources).toEqual([]);
  });
});

describe("a stack file is refused", () => {
  const read = (keys: Readonly<Record<string, string | undefined>>) =>
    run(
      () => {
        const file = Object.entries({ ...goodFile, ...keys });
        pulumi.runtime.setAllConfig(
          Object.fromEntries(file.filter((pair): pair is [string, string] => pair[1] !== undefined)),
        );
        return readSettings();
      },
      { stack: "dev" },
    );

  test.each(wrongFiles)("%s", async (_why, keys, says) => {
    const { error, resources } = await read(keys);

    expect(error?.message.split("\n")).toEqual(says);
    expect(error).toBeInstanceOf(pulumi.RunError);
    expect(resources).toEqual([]);
    expectNoSecret(error);
  });

  test("and a good one is not", async () => {
    const { error, result } = await read({});

    expect(error).toBeUndefined();
    expect(result).toMatchObject({ port: 8080, apiReplicas: 2, protectData: true, logLevel: "info" });
    expect(result?.memoryMiB).toEqual(JSON.parse(goodFile["shop:memoryMiB"] ?? ""));
  });
});

test("titles are unique, so that a failure identifies one program", () => {
  for (const [, refusals] of components) {
    const intents = refusals.map(([why]) => why);
    expect(new Set(intents).size).toBe(intents.length);
  }
});

function madeBelow(
  refused: pulumi.Resource | undefined,
  resources: Run<unknown>["resources"],
): readonly string[] {
  const { __pulumiType: type, __name: name } = refused as unknown as Record<string, string>;
  const parent = `${String(type).split(":").at(-1) ?? ""} ${String(name)}`;
  expect(resources.map((each) => `${each.type} ${each.name}`)).toContain(`${String(type)} ${String(name)}`);
  return resources.filter((each) => each.parent === parent).map((each) => each.name);
}

function expectNoSecret(error: Error | undefined): void {
  for (const secret of secrets) expect(error?.message).not.toContain(secret);
}
