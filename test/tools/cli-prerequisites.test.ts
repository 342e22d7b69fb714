/** What a run of Pulumi needs, in one error before anything starts. */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { backendUrl } from "../../components/cli/pulumi/backend";
import {
  engineText,
  formatMissing,
  hasPrerequisites,
  isOlder,
  onPath,
  OLDEST_PULUMI,
  passphraseMissing,
  usesOwnEngine,
} from "../../components/cli/prerequisites";

const folder = mkdtempSync(join(tmpdir(), "dw-needs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stateOf = (resources: object[], secrets = "passphrase"): string =>
  JSON.stringify({
    version: 3,
    checkpoint: { latest: { secrets_providers: { type: secrets }, resources } },
  });
const volume = (provider: string) => ({
  urn: "urn:v",
  type: "docker:index/volume:Volume",
  provider: `${provider}::id`,
});
const provider = (urn: string, host?: string) => ({
  urn,
  type: "pulumi:providers:docker",
  inputs: host === undefined ? {} : { host },
});
const own = stateOf([
  provider("urn:x::default_5_2_0", "unix:///var/run/docker.sock"),
  volume("urn:x::default_5_2_0"),
]);
const far = stateOf([provider("urn:x::prod", "ssh://h"), volume("urn:x::prod")]);

test("what is missing is one error, and names the next step of each", async () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const environment = { PATH: folder, DOCKER_HOST: "unix:///nowhere.sock" };
  jest.replaceProperty(process, "env", { ...process.env, DOCKER_HOST: "unix:///nowhere.sock" });
  const ready = await hasPrerequisites({ environment, states: [own], silent: true });
  const said = write.mock.calls.map(([text]) => String(text)).join("");
  jest.restoreAllMocks();
  expect(ready).toBe(false);
  expect(said).toMatch(/^error: 3 prerequisites are missing\n {2}why {3}the pulumi command was not found: /);
  expect(said).toContain("the passphrase of the stack is not set: ");
  expect(said).toContain("the Docker Engine at unix:///nowhere.sock does not answer: connect ENOENT");
  expect(said).toContain("\n  now   nothing was started or changed\n");
});

test("P10 an old Pulumi is named, and a stack on other hosts needs no Engine here", async () => {
  const pulumi = (version: string): void => {
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho v${version}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
  };
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  jest.replaceProperty(process, "env", { ...process.env, DOCKER_HOST: "unix:///nowhere.sock" });
  const situation = { environment: { PATH: `/nowhere:${folder}` }, states: [far], silent: false };
  pulumi("3.100.2");
  expect(await hasPrerequisites(situation)).toBe(false);
  pulumi("3.259.0");
  expect(await hasPrerequisites(situation)).toBe(true);
  const said = write.mock.calls.map(([text]) => String(text)).join("");
  jest.restoreAllMocks();
  expect(said).toContain(
    `error: pulumi 3.100.2 is too old\n  why   ${folder}/pulumi must be ${OLDEST_PULUMI}`,
  );
  expect(said).toContain("==> prerequisites: the Docker Engine does not answer");
  expect(onPath("pulumi", "/nowhere")).toBeUndefined();
});

test.each([
  ["3.216.9", true],
  ["3.217.0", false],
  ["3.1000.0", false],
  ["4.0.0", false],
  ["2.999.0", true],
])("pulumi %s is too old: %s", (version, old) => {
  expect(isOlder(version, "3.217.0")).toBe(old);
});

test("missing permission, an unresponsive Engine and another address have different errors", () => {
  const error = (code: string) => Object.assign(new Error(`connect ${code} /var/run/docker.sock`), { code });
  expect(engineText(error("EACCES"), undefined).next).toContain("usermod -aG docker");
  expect(engineText(error("ECONNREFUSED"), undefined).next).toContain("systemctl start docker");
  expect(engineText(error("ECONNREFUSED"), "tcp://h:2375")).toMatchObject({
    what: "the Docker Engine at tcp://h:2375 does not answer",
    next: expect.stringContaining("DOCKER_HOST") as string,
  });
  const one = engineText(error("EACCES"), undefined);
  expect(formatMissing([one])).toMatch(/^error: this user has no access to the Docker Engine\n {2}why /);
});

test("the state shows whether the local Engine is used", () => {
  expect([usesOwnEngine([own]), usesOwnEngine([far]), usesOwnEngine([])]).toEqual([true, false, false]);
});

test.each([
  [{}, [own], true, true],
  [{ PULUMI_CONFIG_PASSPHRASE: "" }, [own], true, false],
  [{ PULUMI_CONFIG_PASSPHRASE_FILE: "f" }, [own], true, false],
  [{}, [own], false, false],
  [{}, [stateOf([], "cloud")], true, false],
  [{}, [], true, false],
])("environment %j, states %#: a passphrase is missing", (environment, states, silent, missing) => {
  expect(passphraseMissing({ environment, states, silent }) !== undefined).toBe(missing);
});

test("the backend is read where Pulumi reads it", () => {
  writeFileSync(join(folder, "credentials.json"), '{ "current": "file:///login" }');
  expect(backendUrl({ PULUMI_HOME: folder }, folder)).toBe("file:///login");
  writeFileSync(join(folder, "Pulumi.yaml"), 'name: x\nbackend:\n  url: "file:///project"\n');
  expect(backendUrl({ PULUMI_HOME: folder }, folder)).toBe("file:///project");
  expect(backendUrl({ PULUMI_HOME: folder, PULUMI_BACKEND_URL: "file:///given" }, folder)).toBe(
    "file:///given",
  );
  expect(backendUrl({ PULUMI_HOME: "/nowhere" }, "/nowhere")).toBeUndefined();
});
