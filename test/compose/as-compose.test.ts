/** What Docker Compose reads in a way that is easily missed: each of these was refused, or meant something else. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { ComposeProject } from "../../components";
import { loadFiles } from "../../components/cli/compose-files";
import { judgeProject } from "../../components/compose/judge";
import { loadCompose } from "../../components/compose/load";
import { formatFault } from "../../components/compose/source/faults";
import { loggingInputs } from "../../components/container/logging";
import { run } from "../../components/testing";

const folder = mkdtempSync(join(tmpdir(), "dw-as-compose-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const judged = (service: string) =>
  judgeProject(
    loadCompose({
      files: ["compose.yaml"],
      environment: {},
      workingDirectory: "/shop",
      read: (path) => (path === "/shop/compose.yaml" ? `services:\n  web: ${service}\n` : undefined),
    }),
  );
const argsOf = (service: string) => judged(service).plan.services[0]?.args;
const errorsOf = (service: string): string[] =>
  judged(service).errors.map((error) => formatFault(error).trim());

test.each(["{ disable: false }", "{}"])("a health check of %s leaves the image's own", (check) => {
  expect(errorsOf(`{ image: x, healthcheck: ${check} }`)).toEqual([]);
  expect(argsOf(`{ image: x, healthcheck: ${check} }`)).not.toHaveProperty("healthCheck");
});

test.each(["environment: ['MODE = production']", "build: { context: ., args: ['MODE = production'] }"])(
  "P8 a space after the name of a variable is refused without its value: %s",
  (key) => {
    const load = () => judged(`{ image: x, ${key} }`);
    expect(load).toThrow(/MODE; write MODE=VALUE without spaces around the equals sign/);
    expect(load).not.toThrow(/production/);
  },
);

const sourceOf = async (mount: string, environment?: Record<string, string>) => {
  const files = write("here/compose.yaml", `services: { web: { image: x, volumes: ["${mount}:/site"] } }`);
  const { error, get } = await run(
    () => new ComposeProject("here", { files, ...(environment && { environment }) }),
  );
  expect(error).toBeUndefined();
  const { inputs } = get("docker:index/container:Container", "here-web-1");
  return (inputs["volumes"] as { hostPath: string }[])[0]?.hostPath;
};

test("the home and the folder of the project mean in a ComposeProject what they mean on the command line", async () => {
  expect(await sourceOf("~/store")).toBe(join(homedir(), "store"));
  expect(await sourceOf("${PWD}/site")).toBe(join(folder, "here/site"));
  expect(await sourceOf("${HOME}/store")).toBe(join(homedir(), "store"));
  expect(await sourceOf("~/store", { HOME: "/home/shop" })).toBe("/home/shop/store");
});

const request = { files: [], profiles: [], envFiles: [], projectName: undefined };
const services = (at: string, environment: Record<string, string> = {}) =>
  Object.entries(loadFiles(request, environment, join(folder, at))?.model.services ?? {}).map(
    ([name, { image }]) => `${name} ${String(image)}`,
  );

test("COMPOSE_FILE of the file .env lists the files, and its variables apply to them", () => {
  write("listed/.env", "COMPOSE_FILE=a.yml:more/b.yml\nTAG=2\n");
  write("listed/a.yml", "services: { a: { image: 'a:${TAG}' } }");
  write("listed/more/b.yml", "services: { b: { image: 'b:${TAG}' } }");
  expect(services("listed")).toEqual(["a a:2", "b b:2"]);
  expect(services("listed", { COMPOSE_FILE: "more/b.yml" })).toEqual(["b b:2"]);
  write("listed/.env", "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=more/b.yml,a.yml\nTAG=2\n");
  write("listed/more/.env", "TAG=1\nOWN=1\n");
  expect(services("listed")).toEqual(["a a:2", "b b:2"]);
});

test("without a file .env, or with one that is off, nothing is listed", () => {
  const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(services("listed/nothing")).toEqual([]);
  write("off/.env", "COMPOSE_FILE=a.yml\n");
  write("off/a.yml", "services: { a: { image: x } }");
  expect(services("off", { COMPOSE_DISABLE_ENV_FILE: "1" })).toEqual([]);
  said.mockRestore();
});

test.each([
  [
    "/run/x:rw,exec,nosuid,uid=1000,gid=1000,mode=700,size=5m",
    { options: ["rw", "exec", "nosuid", "uid=1000", "gid=1000"], mode: "700", sizeMiB: 5 },
  ],
  ["/run/x:size=50%,nr_inodes=1k", { options: ["size=50%", "nr_inodes=1k"] }],
  ["/run/x:mode=1770", { mode: "1770" }],
  ["/run/x", {}],
])("the options of tmpfs %s reach Docker", (tmpfs, options) => {
  expect(errorsOf(`{ image: x, tmpfs: ["${tmpfs}"] }`)).toEqual([]);
  expect(argsOf(`{ image: x, tmpfs: ["${tmpfs}"] }`)?.mounts).toEqual([
    { tmpfs: true, path: "/run/x", ...options },
  ]);
});

test.each(["unknown", "uid=root", "nosize"])(
  "an option of a tmpfs that Docker does not know is refused: %s",
  (option) => {
    expect(errorsOf(`{ image: x, tmpfs: ["/run/x:${option}"] }`)).toEqual([
      expect.stringContaining(`has an option that Docker does not know: "${option}"`),
    ]);
  },
);

test("an empty word of a command is refused with a way to pass it", () => {
  expect(errorsOf('{ image: x, command: [redis-server, --save, ""] }')).toEqual([
    expect.stringContaining(`let a shell pass it, as in ["sh", "-c", "exec redis-server --save ''"]`),
  ]);
});

test("options of logging without a driver are those of the Engine's own driver", () => {
  const { logging } = argsOf('{ image: x, logging: { options: { max-size: "200k" } } }') ?? {};
  expect(logging).toEqual({ driver: "default", options: { "max-size": "200k" } });
  expect(loggingInputs(logging ?? { driver: "none" })).toEqual({ logOpts: { "max-size": "200k" } });
});

test("expose is warned about: the provider cannot set it", () => {
  expect(judged("{ image: x, expose: [3000, 9000/udp] }").warnings.map(({ path }) => path)).toEqual([
    ["services", "web", "expose"],
  ]);
});
