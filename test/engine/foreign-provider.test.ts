/** A provider that transforms give is seen where all of them have run: nothing is made by it. */

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker as local } from "./support/docker";

jest.setTimeout(120_000);

const stack = new Deployment("provider");
afterAll(() => stack.cleanUp());

const transforms = {
  registerStackTransformation: (provider: docker.Provider) =>
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
      type.startsWith("docker:") ? { props, opts: pulumi.mergeOptions(opts, { provider }) } : undefined,
    ),
  registerResourceTransform: (provider: docker.Provider) =>
    pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
      type.startsWith("docker:") ? { props, opts: pulumi.mergeOptions(opts, { provider }) } : undefined,
    ),
};

test.each(Object.entries(transforms))("P7 %s cannot move resources to another Engine", async (_, give) => {
  const program = async (): Promise<void> => {
    give(new docker.Provider("p", { host: "unix:///var/run/docker.sock" }));
    new Volume("data", { protect: false });
    await Promise.resolve();
  };
  await expect(stack.up(program)).rejects.toThrow(
    /Volume "data": a Docker provider \(given by a transform\) is not supported.*use host: new DockerHost/,
  );
  expect(local("volume", "ls", "-q", "--filter", `label=com.docker.compose.project=${stack.scope}`)).toBe("");
});
