/** P10 of builds, on a real Engine: what a person sees of a build, and of one that fails. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { Dockerfile, Image, type BuildArgs } from "../../components";
import { Deployment } from "./support/deployment";
import { docker } from "./support/docker";

jest.setTimeout(600_000);

const deployment = new Deployment("build-output");
const context = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-output-"));
const base = "debian:bookworm-slim";

afterAll(async () => {
  await deployment.cleanUp();
  fs.rmSync(context, { recursive: true, force: true });
});

/** What Pulumi prints of one `up`. */
async function printed(build: BuildArgs): Promise<string> {
  const before = deployment.printed.length;
  await deployment
    .up(() => {
      new Image("app", { build });
      return Promise.resolve();
    })
    .catch(() => undefined);
  return deployment.printed.slice(before);
}

const times = (text: string, part: string): number => text.split(part).length - 1;
/** The report at the end, without the lines of the steps. */
const report = (text: string): string => text.slice(text.indexOf("Diagnostics:"));

test("P10 each step is a line of its own, and a second build says what was cached", async () => {
  const marker = String(Date.now());
  const dockerfile = Dockerfile.from(base).run(`echo ${marker}`);
  expect(await printed({ dockerfile })).toMatch(/\[2\/2\] RUN echo \d+ \d+(\.\d)? s/);
  const text = await printed({ dockerfile, labels: { more: "1" } });
  expect(text).toContain(`[2/2] RUN echo ${marker} cached`);
  expect(report(text)).not.toContain("RUN echo");
});

test("P10 a failing step is shown with its line and its output, once", async () => {
  fs.writeFileSync(path.join(context, "step.sh"), 'printf "LINE-%s-OF-THE-BUILD\\n" one two\nexit 7\n');
  fs.writeFileSync(path.join(context, "Dockerfile"), `FROM ${base}\nCOPY step.sh /\n\nRUN sh /step.sh\n`);
  const text = await printed({ context });
  expect(times(text, "LINE-one-OF-THE-BUILD")).toBe(1);
  expect(report(text)).toContain(`image "app": [3/3] RUN sh /step.sh failed with exit code 7`);
  expect(report(text)).toMatch(/line {7}4 of .*\/Dockerfile\n/);
  expect(report(text)).toMatch(
    /log {8}last 2 lines\n +\| LINE-one-OF-THE-BUILD\n +\| LINE-two-OF-THE-BUILD\n/,
  );
  expect(text).not.toMatch(/legacy/i);
});

test.each([
  ["COPY of a missing file", `FROM ${base}\nCOPY missing.txt /\n`, {}, /"\/missing\.txt":? not found/],
  ["an unknown stage", `FROM ${base} AS one\n`, { target: "two" }, /target stage two could not be found/],
  ["an unknown instruction", `FROM ${base}\nECHO hello\n`, {}, /line 2: unknown instruction: ECHO/i],
  ["a bad base image", "FROM 127.0.0.1:1/no/such:image\n", {}, /127\.0\.0\.1:1/],
])("P10 %s is reported in BuildKit's words", async (_, dockerfile, more, words) => {
  fs.writeFileSync(path.join(context, "Dockerfile"), dockerfile);
  const text = report(await printed({ context, ...more }));
  expect(text).toMatch(words);
  expect(text).toContain("there is no dw-test-build-output/app:");
  expect(text).toContain("then run pulumi up again");
});

test("P8 the value of a build argument is not in the state", async () => {
  const dockerfile = Dockerfile.from(base).arg("KEY").run("true");
  await printed({ dockerfile, args: { KEY: "not-a-real-password" } });
  expect(docker("image", "ls", "-q", "dw-test-build-output/app")).not.toBe("");
  expect(deployment.stateFiles()).not.toContain("not-a-real-password");
});

/** The current build; those before have other tags. */
function built(): string {
  const names = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "dw-test-build-output/app");
  return names.split("\n").find((name) => !name.includes(":kept-")) ?? "";
}

const SECRET = "hunter2-of-the-build";

test("P8 a secret is there for the step that mounts it, and nowhere else", async () => {
  const dockerfile = {
    text: [
      `FROM ${base}`,
      "RUN --mount=type=secret,id=token sha256sum /run/secrets/token > /sum && cat /run/secrets/token",
      "RUN test ! -e /run/secrets/token",
    ].join("\n"),
  };
  const text = await printed({ dockerfile, secrets: { token: pulumi.secret(SECRET) } });
  expect(text).not.toContain(SECRET);
  const id = built();
  const sum = createHash("sha256").update(SECRET).digest("hex");
  expect(docker("run", "--rm", id, "cat", "/sum")).toContain(sum);
  expect(docker("image", "history", "--no-trunc", id)).not.toContain(SECRET);
  expect(deployment.stateFiles()).not.toContain(SECRET);
  // A changed value alone does not build again.
  const again = await printed({ dockerfile, secrets: { token: "another" } });
  expect(again).not.toContain("[2/3] RUN");
});

test("P8 a secret that a failing step prints is masked, and a missing one is named", async () => {
  const mounts = "RUN --mount=type=secret,id=token,required=true";
  const prints = { text: `FROM ${base}\n${mounts} cat /run/secrets/token && false` };
  const text = await printed({ dockerfile: prints, secrets: { token: SECRET } });
  expect(text).not.toContain(SECRET);
  expect(report(text)).toContain("[secret]");
  const without = await printed({ dockerfile: prints });
  expect(report(without)).toMatch(
    /there is no secret .?"token.?"; add it to build: \{ secrets \}|secret token.*not found/,
  );
});

test("a step has the network and the additional hosts that the build asks for", async () => {
  const dockerfile = Dockerfile.from(base).run(
    "grep -q '10.0.0.5.*db.internal' /etc/hosts && ls /sys/class/net > /nets",
  );
  const nets = async (network: "none" | "host"): Promise<string> => {
    await printed({ dockerfile, network, extraHosts: { "db.internal": "10.0.0.5" } });
    return docker("run", "--rm", built(), "cat", "/nets");
  };
  expect(await nets("none")).toBe("lo");
  expect(await nets("host")).toContain("docker0");
});
