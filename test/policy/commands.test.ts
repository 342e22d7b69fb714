/** `dockwright check` and the words of `audit`, as they are typed. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { usage as AUDIT_USAGE } from "../../components/cli/commands/audit";
import { parse, run, usage as CHECK_USAGE } from "../../components/cli/commands/check";
import type { Finding } from "../../components/policy/judge";
import { typed } from "../tools/typed";

const folder = mkdtempSync(join(tmpdir(), "dockwright-check-"));
const here = process.cwd();
const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};
beforeAll(() => {
  process.chdir(folder);
  write(
    "compose.yaml",
    `name: shop
services:
  web:
    image: nginx:1.29
    privileged: true
    volumes: [data:/data]
  app:
    build: .
volumes:
  data: { driver_opts: { type: cifs, o: "username=me,password=example-of-a-secret" } }
`,
  );
  write("Dockerfile", "FROM debian:bookworm-slim\n\nRUN apt-get update\nUSER app\n");
  write("sound.Dockerfile", `FROM debian:bookworm-slim@sha256:${"a".repeat(64)}\nUSER app\nCMD ["app"]\n`);
});
afterAll(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true });
});

function type(...words: string[]): { code: number; out: string; err: string } {
  const request = parse(words);
  const said = { out: "", err: "" };
  const streams = (["out", "err"] as const).map((name) =>
    jest.spyOn(process[`std${name}`], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  const code = run(request, { environment: {}, folder });
  for (const stream of streams) stream.mockRestore();
  return { code, ...said };
}
const findings = (out: string): Finding[] => (JSON.parse(out) as { findings: Finding[] }).findings;

test("--swarm judges a Compose file as a SwarmStack runs it", () => {
  const { code, out } = type("--swarm", "--format", "json");
  expect(code).toBe(2);
  const places = Object.fromEntries(findings(out).map(({ id, place }) => [id, place]));
  expect(places).toMatchObject({
    "data-stays-behind:web": "compose.yaml:3",
    "no-memory-reservation:app": "compose.yaml:7",
  });
  expect(places).not.toHaveProperty("memory-above-nodes:memory");
});

test("a Compose file is judged with the Dockerfiles that it builds, each finding with its place", () => {
  const { code, out, err } = type("--format", "json");
  expect([code, err]).toEqual([2, ""]);
  const places = Object.fromEntries(findings(out).map(({ id, place }) => [id, place]));
  expect(places).toMatchObject({
    "privileged:web": "compose.yaml:3",
    "secret-in-volume-options:data": "compose.yaml:10",
    "apt-update-alone:app": "Dockerfile:3",
  });
  expect(out).not.toContain("example-of-a-secret");
  expect(places).not.toHaveProperty("root-user:app");
});

test("for people the worst comes first, and the counts last", () => {
  const { out } = type();
  expect(out.split("\n").slice(0, 3)).toEqual([
    "high    privileged:web  compose.yaml:3",
    "        runs privileged",
    "        remove privileged, and add only the capability or device that is needed (CIS 1.6.0 5.5)",
  ]);
  expect(out).toMatch(/\nshop: \d+ findings \(2 high, \d+ medium, \d+ low\)\n$/);
});

test("the exit code is that of --fail-on", () => {
  expect(type("Dockerfile").code).toBe(0);
  expect(type("Dockerfile", "--fail-on", "medium").code).toBe(2);
  expect(type("Dockerfile", "--fail-on", "never").code).toBe(0);
  expect(type("sound.Dockerfile", "--fail-on", "low")).toEqual({
    code: 0,
    err: "",
    out: "sound.Dockerfile: no findings\n",
  });
});

test("waivers are read from a file, and its faults are reported", () => {
  const until = (day: string): string =>
    JSON.stringify([
      { rule: "privileged", on: "web", reason: "needs the device mapper", until: day },
      { rule: "secret-in-volume-options", reason: "an example and no secret", until: "2099-12-31" },
    ]);
  write("waivers.json", until("2099-12-31"));
  expect(type("--waivers", "waivers.json").code).toBe(0);
  write("waivers.json", until("2020-12-31"));
  const { code, out } = type("--waivers", "waivers.json", "--format", "json");
  const high = findings(out).filter(({ severity }) => severity === "high");
  expect([code, high.map(({ id }) => id)]).toEqual([2, ["privileged:web", "waiver-expired:privileged:web"]]);
  write("waivers.json", `[{ "rule": "privileged" }]`);
  const wrong = type("--waivers", "waivers.json");
  expect([wrong.code, wrong.out]).toEqual([1, ""]);
  expect(wrong.err).toMatch(/^error: waivers\.json cannot be used\n {2}why {3}the waivers are invalid/);
  expect(type("--waivers", "none.json").err).toContain("no such file");
});

test("what cannot be judged is exit code 1, with the next step", () => {
  expect(type("none/Dockerfile")).toMatchObject({ code: 1, out: "" });
  write("wrong.yaml", "services: { web: { imagee: x } }\n");
  const { code, err } = type("wrong.yaml");
  expect(code).toBe(1);
  expect(err).toContain('did you mean "image"?');
});

test("what was typed", async () => {
  expect(await typed(["check", "--help"])).toEqual({ kind: "help", usage: CHECK_USAGE });
  expect(await typed(["audit", "-h"])).toEqual({ kind: "help", usage: AUDIT_USAGE });
  expect(await typed(["audit", "--project", "shop-prod", "--fail-on", "never"])).toEqual({
    kind: "audit",
    project: "shop-prod",
    failOn: undefined,
    format: "text",
    waivers: undefined,
  });
  expect(await typed(["check", "--fail-on", "hihg"])).toEqual({
    kind: "wrong",
    why: "--fail-on must be high, medium, low or never, got hihg",
  });
  expect(await typed(["audit", "--format", "xml"])).toMatchObject({ kind: "wrong" });
  expect(await typed(["audit", "shop"])).toMatchObject({ kind: "wrong" });
});
