/** The loader as a whole: what it is handed, what it gives back, and how files are laid over one another. */

import { ComposeError, formatFault } from "../../components/compose/source/faults";
import { type Loaded, loadCompose, type LoadOptions } from "../../components/compose/load";
import { printProject } from "../../components/compose/print";

/** Files by their names in /shop. */
function load(files: Readonly<Record<string, string>>, options: Partial<LoadOptions> = {}): Loaded {
  const read = (path: string): string | undefined => files[path.replace("/shop/", "")];
  return loadCompose({
    files: Object.keys(files).filter((name) => name.endsWith(".yaml")),
    environment: {},
    workingDirectory: "/shop",
    read,
    ...options,
  });
}

const web = (service: string): Readonly<Record<string, string>> => ({
  "compose.yaml": `services: {web: ${service}}`,
});
const webOf = (...services: readonly string[]) =>
  load(
    Object.fromEntries(
      services.map((service, index) => [`${String(index)}.yaml`, `services: {web: ${service}}`]),
    ),
  ).model.services["web"];

test("the smallest project", () => {
  const { model, warnings, unsupported } = load(web("{image: nginx}"));
  expect(model).toEqual({
    name: "shop",
    services: { web: { command: null, entrypoint: null, image: "nginx", networks: { default: null } } },
    networks: { default: { name: "shop_default", ipam: {} } },
  });
  expect([warnings, unsupported]).toEqual([[], []]);
});

test("what is read is handed in, and each file once", () => {
  const paths: string[] = [];
  loadCompose({
    files: ["compose.yaml"],
    environment: {},
    workingDirectory: "/shop",
    read: (path) => {
      paths.push(path);
      if (path === "/shop/.env") return undefined;
      return path === "/shop/a.env" ? "A=1" : "name: x\nservices: {web: {image: nginx, env_file: a.env}}";
    },
  });
  expect(paths.sort()).toEqual(["/shop/.env", "/shop/a.env", "/shop/compose.yaml"]);
});

test.each([
  ["given", "given"],
  [undefined, "of-the-file"],
])("the project name %s is %s", (projectName, name) => {
  const files = { "compose.yaml": "name: of-the-file\nservices: {web: {image: nginx}}" };
  expect(load(files, { projectName }).model.name).toBe(name);
});

test("unset variables and obsolete keys are warnings with their place", () => {
  const { warnings } = load({
    "compose.yaml":
      'version: 3\nservices:\n  web:\n    image: nginx:${TAG}\n    tty: "yes"\n    volumes: ["v:/v"]\n',
  });
  expect(warnings.map(formatFault)).toEqual([
    "  compose.yaml:4:12: services.web.image: the variable TAG is not set: it is replaced by an empty text",
    "  compose.yaml:5:10: services.web.tty: yes is a boolean of YAML 1.1; write true",
    "  compose.yaml:1:10: version: is obsolete; remove it",
    '  compose.yaml:6:15: services.web.volumes[0]: a single letter before the colon is a Windows drive: this is a volume without a name at "v:/v"; give the volume a longer name',
  ]);
});

test("all faults are reported at once, in the order of the file", () => {
  const text = `
services:
  web:
    image: nginx
    prots: ["80:80"]
    healthcheck: {test: "true", interval: 10 seconds}
  db:
    image: postgres
    volumes: ["data:/data"]
    depends_on: [cache]
    mem_limit: much
`;
  let message = "";
  try {
    load({ "compose.yaml": text });
  } catch (error) {
    message = error instanceof ComposeError ? error.message : "";
  }
  expect(message.split("\n")).toEqual([
    "the Compose project has 4 faults",
    '  compose.yaml:5:5: services.web.prots: is not a known key; did you mean "ports"?',
    "  compose.yaml:9:15: services.db.volumes[0]: refers to the volume data, which is not declared under volumes; add it there",
    "  compose.yaml:10:18: services.db.depends_on.cache: needs the service cache, which does not exist",
    '  compose.yaml:11:16: services.db.mem_limit: must be a size, for example 512m or 1.5g, got "much"',
  ]);
});

test("a fault of a merged file names its file", () => {
  expect(() => webOf("{image: nginx}", "{prots: []}")).toThrow("1.yaml:1:18: services.web.prots");
});

describe("one file over another", () => {
  test.each<readonly [string, string, string, object]>([
    ["text is replaced", "{image: a}", "{image: b}", { image: "b" }],
    ["nothing replaces nothing", "{image: a, hostname: h}", "{hostname: }", { hostname: "h" }],
    [
      "lists are appended",
      "{image: a, security_opt: [x]}",
      "{security_opt: [y]}",
      { security_opt: ["x", "y"] },
    ],
    ["commands are replaced", "{image: a, command: [a, b]}", "{command: c d}", { command: ["c", "d"] }],
    [
      "variables are merged by name",
      "{image: a, environment: {A: 1, B: 1}}",
      "{environment: [B=2]}",
      { environment: { A: "1", B: "2" } },
    ],
    [
      "of each port there is one",
      "{image: a, ports: ['80:80']}",
      "{ports: ['80:80', '81:81']}",
      { ports: [{ target: 80 }, { target: 81 }] },
    ],
    [
      "of each place of a mount there is one",
      "{image: a, volumes: [/x, /y]}",
      "{volumes: ['./z:/x']}",
      { volumes: [{ source: "/shop/z", target: "/x" }, { target: "/y" }] },
    ],
    [
      "a driver's options stay with the driver",
      "{image: a, logging: {driver: x, options: {a: b}}}",
      "{logging: {driver: y}}",
      { logging: { driver: "y" } },
    ],
    ["!override replaces a list", "{image: a, cap_add: [A]}", "{cap_add: !override [B]}", { cap_add: ["B"] }],
  ])("%s", (_what, base, over, service) => {
    expect(webOf(base, over)).toMatchObject(service);
  });

  test("!reset removes keys", () => {
    expect(webOf("{image: a, cap_add: [A]}", "{cap_add: !reset []}")).not.toHaveProperty("cap_add");
  });
});

test("what is printed can be read again", () => {
  const { model } = load(
    web('{image: nginx, command: ["echo", "$$HOME"], environment: {A: "5$$"}, mem_limit: 1g}'),
  );
  for (const format of ["json", "yaml"] as const) {
    const again = load({ "compose.yaml": printProject(model, format) });
    expect(again.model).toEqual(model);
  }
});

test("aliases of aliases end", () => {
  const lines = Array.from({ length: 20 }, (_, index) =>
    index === 0
      ? "x-0: &a0 [1, 1]"
      : `x-${String(index)}: &a${String(index)} [${`*a${String(index - 1)}, `.repeat(9)}1]`,
  );
  expect(() => load({ "compose.yaml": [...lines, "services: {web: {image: a}}"].join("\n") })).toThrow(
    "more than 250,000",
  );
});
