import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = path.resolve(__dirname, "../..");
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "tools-test-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A script with the named parts of tools/lib, for a repository in `folder`. */
function script(parts: string[], text: string, env: NodeJS.ProcessEnv = {}) {
  const sources = parts.map((part) => `. "${root}/tools/lib/${part}.sh"`).join("; ");
  const run = spawnSync("bash", ["-c", `set -euo pipefail; ROOT='${folder}'; ${sources}; ${text}`], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

describe("versions", () => {
  const places = readFileSync(path.join(root, "tools/lib/places.sh"), "utf8");
  const named = (name: string) => new RegExp(`^${name}=(\\S+)`, "m").exec(places)?.[1];
  const json = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
    engines: { node: string };
  };

  test("the CLI and the plugin are those of the npm packages", () => {
    expect(named("PULUMI_VERSION")).toBe(json.devDependencies["@pulumi/pulumi"]);
    expect(named("PLUGIN_VERSION")).toBe(json.devDependencies["@pulumi/docker"]);
    expect(json.engines.node).toBe(`>=${named("NODE_LEAST")}`);
  });

  test("the Go modules build the same versions", () => {
    const gomod = (name: string) => readFileSync(path.join(root, `tools/engine/${name}/go.mod`), "utf8");
    expect(gomod("cli")).toMatch(new RegExp(`pulumi/pkg/v3 v${named("PULUMI_VERSION")}( |\n)`));
    expect(gomod("provider")).toContain(`github.com/pulumi/pulumi/sdk/v3 v${named("PULUMI_VERSION")}\n`);
  });
});

describe("long commands", () => {
  const work = ["places", "say", "work"];

  test("success is silent, and the output lies in the log", () => {
    expect(script(work, "work build 10 echo done")).toEqual({ status: 0, out: "", err: "" });
    expect(readFileSync(path.join(folder, ".dockwright/log/build.log"), "utf8")).toBe("done\n");
  });

  test("a failure keeps its status and names its last words and its log", () => {
    const { status, out } = script(
      work,
      `s=0; work build 10 sh -c 'echo no disk; exit 7' || s=$?; why_from_log $s 10; exit $s`,
    );
    expect([status, out]).toEqual([7, "no disk (log: .dockwright/log/build.log)"]);
  });

  test("the limit ends the command and whatever it started", () => {
    const slow = `work build 1 sh -c '(sleep 3; touch "${folder}/outlived") & wait' || s=$?`;
    const { status, out } = script(work, `s=0; ${slow}; why_from_log $s 1; sleep 3; exit $s`);
    expect([status, out]).toEqual([124, "it did not finish within 1s (log: .dockwright/log/build.log)"]);
    expect(existsSync(path.join(folder, "outlived"))).toBe(false);
  }, 30_000);

  test("an interrupt ends the command too", async () => {
    const parts = work.map((part) => `. "${root}/tools/lib/${part}.sh"`).join("; ");
    const command = `ROOT='${folder}'; ${parts}; work build 60 sh -c 'touch "${folder}/started"; sleep 4; touch "${folder}/outlived"'`;
    const bash = spawn("bash", ["-c", command], { stdio: "ignore" });
    while (!existsSync(path.join(folder, "started"))) await sleep(50);
    bash.kill("SIGTERM");
    const [code] = (await once(bash, "exit")) as [number];
    await sleep(4500);
    expect([code, existsSync(path.join(folder, "outlived"))]).toEqual([143, false]);
  }, 30_000);

  test("the reason is the line with the error, not the end of npm's output", () => {
    const log = [
      "npm error code EUSAGE",
      "npm error",
      "npm error the lock differs",
      "npm error A complete log of this run is",
    ];
    const { out } = script(
      work,
      `s=0; work build 9 sh -c 'printf "${log.join("\\n")}"; exit 1' || s=$?; why_from_log $s 9`,
    );
    expect(out).toBe("npm error the lock differs (log: .dockwright/log/build.log)");
  });

  test.each([
    [0, "0s"],
    [59, "59s"],
    [60, "1m00s"],
    [725, "12m05s"],
  ])("%d seconds are %s", (seconds, text) => expect(script(["say"], `elapsed ${seconds}`).out).toBe(text));

  test("a failure says what, why and what to do", () => {
    expect(script(["say"], "fail 'no engine' 'nothing answers' 'start it'")).toEqual({
      status: 1,
      out: "",
      err: "\nerror: no engine\n  why   nothing answers\n  next  start it\n",
    });
  });
});

describe("npm packages", () => {
  const write = (name: string, packages: object) =>
    writeFileSync(path.join(folder, name), JSON.stringify({ packages }));
  const differ = () =>
    script(
      ["packages"],
      "mkdir -p $ROOT/node_modules; packages_differ && echo differ || echo same",
    ).out.trim();
  const lock = {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/mac": { version: "1.0.0", optional: true },
  };
  const installed = (packages: object) => {
    script(["packages"], "mkdir -p $ROOT/node_modules");
    write("node_modules/.package-lock.json", packages);
  };

  test("nothing installed differs", () => {
    write("package-lock.json", lock);
    expect(differ()).toBe("differ");
  });

  test("the locked versions are the same, an optional package of another platform may be absent", () => {
    write("package-lock.json", lock);
    installed({ "node_modules/a": { version: "1.0.0" } });
    expect(differ()).toBe("same");
  });

  test("another version differs", () => {
    write("package-lock.json", lock);
    installed({ "node_modules/a": { version: "1.0.1" } });
    expect(differ()).toBe("differ");
  });
});

describe("a Docker Engine", () => {
  test("in DOCKER_HOST that does not respond is reported, and nothing is installed", () => {
    const { status, err } = script(["places", "say", "work", "docker"], "step_docker", {
      DOCKER_HOST: `unix://${folder}/none.sock`,
    });
    expect(status).toBe(1);
    expect(err).toContain(
      `error: the Docker Engine at DOCKER_HOST=unix://${folder}/none.sock does not answer\n`,
    );
    expect(err).toContain("next  start that engine, or unset DOCKER_HOST to use this machine's\n");
  });
});

describe("the environment", () => {
  const env = (given: NodeJS.ProcessEnv) =>
    spawnSync(
      path.join(root, "tools/env"),
      ["bash", "-c", 'echo "$PULUMI_BACKEND_URL|${PULUMI_CONFIG_PASSPHRASE_FILE:-}"'],
      {
        env: { PATH: process.env.PATH, ...given },
        encoding: "utf8",
      },
    ).stdout.trim();

  test("state and passphrase lie in this clone", () => {
    expect(env({})).toBe(`file://${root}/.dockwright/state|${root}/.dockwright/passphrase`);
  });

  test("what the user has set wins", () => {
    expect(env({ PULUMI_BACKEND_URL: "s3://states", PULUMI_CONFIG_PASSPHRASE: "" })).toBe("s3://states|");
    expect(env({ PULUMI_BACKEND_URL: "file://~", PULUMI_CONFIG_PASSPHRASE_FILE: "/p" })).toBe("file://~|/p");
  });

  test("what it prints can be evaluated", () => {
    const command = `eval "$('${root}/tools/env')" && node --version && [ "$PULUMI_SKIP_UPDATE_CHECK" = true ]`;
    expect(spawnSync("bash", ["-c", command]).status).toBe(0);
  });
});
