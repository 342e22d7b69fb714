/** The steps of the bootstrap that a deployment can do without: they bring what they can, and never stand in its way. */

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.resolve(__dirname, "../..");
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tools-test-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Runs a step with stand-ins for commands, for a repository in `folder`. */
function step(name: string, standIns: Record<string, string>) {
  const bodies = Object.entries(standIns).map(([command, body]) => `${command}() { ${body}; }`);
  const parts = ["places", "say", "work", "go", "compose", "registry", "sshd"];
  const text = [
    "set -euo pipefail",
    `ROOT='${folder}'`,
    ...parts.map((part) => `. "${root}/tools/lib/${part}.sh"`),
    ...bodies,
    `step_${name}`,
  ].join("\n");
  const { status, stderr } = spawnSync("bash", ["-c", text], { encoding: "utf8" });
  return { status, told: stderr };
}

describe("compose", () => {
  test("one that answers is used as it is", () => {
    expect(step("compose", { docker: "echo 2.30.1", find_go: "echo must not build >&2; return 1" })).toEqual({
      status: 0,
      told: "==> compose: 2.30.1\n",
    });
  });

  test("without one and without Go the bootstrap continues, and reports where to get it", () => {
    const { status, told } = step("compose", { docker: "return 1", find_go: "return 1" });
    expect(status).toBe(0);
    expect(told).toContain("docker-compose-plugin");
  });

  test("is built in the version of go.mod and put where docker looks", () => {
    fs.mkdirSync(path.join(folder, "tools/engine/compose"), { recursive: true });
    fs.copyFileSync(
      path.join(root, "tools/engine/compose/go.mod"),
      path.join(folder, "tools/engine/compose/go.mod"),
    );
    const { status, told } = step("compose", {
      docker: `cat '${folder}/plugins/docker-compose'`,
      find_go: "echo go",
      compose_place: `echo '${folder}/plugins'`,
      build_go: 'mkdir -p "$(dirname "$4")"; echo "$2" >"$4"; chmod +x "$4"',
    });
    expect([status, told]).toEqual([
      0,
      `==> compose: Docker Compose v2.40.3, installed as ${folder}/plugins/docker-compose\n`,
    ]);
  });
});

describe("registry", () => {
  test("without a package manager the bootstrap continues, and reports what needs it", () => {
    const { status, told } = step("registry", { command: "return 1" });
    expect(status).toBe(0);
    expect(told).toContain("only the registry test needs it");
  });

  test("an unavailable package is not a failure either", () => {
    const { status, told } = step("registry", {
      command: '[ "$2" != docker-registry ]',
      work: "return 1",
    });
    expect(status).toBe(0);
    expect(told).toContain("the download failed (log: .dockwright/log/registry.log)");
  });
});

describe("sshd", () => {
  test("without a package manager the bootstrap continues, and reports what needs it", () => {
    const { status, told } = step("sshd", { command: "return 1" });
    expect(status).toBe(0);
    expect(told).toContain("only the test of several hosts needs it");
  });

  test("an unavailable package is not a failure either", () => {
    const { status, told } = step("sshd", { command: '[ "$2" != sshd ]', work: "return 1" });
    expect(status).toBe(0);
    expect(told).toContain("the download failed (log: .dockwright/log/sshd.log)");
  });
});
