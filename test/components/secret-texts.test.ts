/** Which texts of a component's arguments no message may show. */

import * as pulumi from "@pulumi/pulumi";
import { SwarmConfig, SwarmSecret } from "../../components";
import { secretTexts } from "../../components/core/secret-texts";
import { run } from "../../components/testing";

const found = (args: object, always: pulumi.Input<string>[] = []) =>
  new Promise<string[]>((resolve) => {
    secretTexts(args, always).apply((texts) => {
      resolve([...texts].sort());
    });
  });

test("P8 every argument that was given as a secret counts, at any depth; nothing else does", async () => {
  const args = {
    command: ["serve", pulumi.secret("in command")],
    entrypoint: [pulumi.interpolate`--token=${pulumi.secret("part")}`],
    healthCheck: { command: ["curl", pulumi.secret("in check")] },
    labels: { one: pulumi.secret("in label"), two: pulumi.output("no secret") },
    environment: pulumi.secret({ A: "in whole environment" }),
    memoryMiB: pulumi.secret(1234),
    user: Promise.resolve("no secret either"),
    workingDirectory: "/plain",
  };
  expect(await found(args, ["always", pulumi.output("always later")])).toEqual(
    [
      "in command",
      "--token=part",
      "in check",
      "in label",
      "in whole environment",
      "1234",
      "always",
      "always later",
    ].sort(),
  );
});

test("P8 the text of a secret or config that was made already counts for the service that uses it", async () => {
  let texts: string[] = [];
  await run(async () => {
    const secret = new SwarmSecret("plain", { content: "given as plain text" });
    const config = new SwarmConfig("hidden", { content: pulumi.secret("in a config") });
    const open = new SwarmConfig("open", { content: "no secret" });
    texts = await found({
      secrets: { plain: { secret } },
      files: { "/hidden": { config }, "/open": { config: open } },
    });
  });
  expect(texts).toEqual(["given as plain text", "in a config"]);
});
