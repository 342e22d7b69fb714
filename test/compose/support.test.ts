/** The keys that cannot be honoured: found where they stand, listed in the docs, and each a key that there is. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Findings, formatComposePath } from "../../components/compose/source/faults";
import { loadCompose } from "../../components/compose/load";
import { map, list, type Node, scalar } from "../../components/compose/source/node";
import { checkShape } from "../../components/compose/model/passes";
import { hostLimits } from "../../components/compose/support/limits";
import { limitsTable } from "../../components/compose/support/docs-table";

const place = { file: "compose.yaml", line: 1, column: 1 };

const load = (text: string, profiles: readonly string[] = []) =>
  loadCompose({
    files: ["compose.yaml"],
    profiles,
    environment: {},
    workingDirectory: "/project",
    read: (path) => (path === "/project/compose.yaml" ? text : undefined),
  });

const found = (text: string, profiles?: readonly string[]): string[] =>
  load(text, profiles).unsupported.map(
    ({ severity, path, place: at }) => `${severity} ${String(at?.line)}: ${formatComposePath(path)}`,
  );

test("docs/compose.md holds the list; npm run docs:compose writes it", () => {
  const plain = (text: string): string => text.replace(/ +/g, " ").replace(/-+/g, "-");
  expect(plain(readFileSync(join(__dirname, "../../docs/compose.md"), "utf8"))).toContain(
    plain(limitsTable(hostLimits)),
  );
});

test.each(hostLimits.map(({ key }) => key))("%s is a Compose key", (key) => {
  const findings = new Findings();
  checkShape(holding(key.split(".")), findings);
  expect(findings.faults.filter(({ text }) => text.includes("not known"))).toEqual([]);
});

/** A project that holds the key, with anything as its value. */
function holding([first, ...rest]: readonly string[], above = ""): Node {
  if (first === undefined) return scalar("x", place);
  const below = holding(rest, first);
  if (first !== "*") return map({ [first]: below }, place);
  return ["ports", "volumes", "secrets", "configs"].includes(above) &&
    rest.length === 1 &&
    rest[0] !== "external" &&
    !rest[0]?.includes("driver")
    ? list([below], place)
    : map({ web: below }, place);
}

test("they are reported with their place", () => {
  expect(
    found(`
services:
  web:
    image: nginx
    cgroup_parent: a
    deploy:
      mode: global
      placement: {constraints: [a==b]}
    ports: [{target: 80, name: www}]
`),
  ).toEqual([
    "error 5: services.web.cgroup_parent",
    "warning 7: services.web.deploy.mode",
    "warning 8: services.web.deploy.placement",
    "warning 9: services.web.ports[0].name",
  ]);
});

test("empty values are not reported", () => {
  expect(
    found("services: {web: {image: nginx, oom_kill_disable: false, develop: , post_start: []}}"),
  ).toEqual([]);
  expect(
    found("services: {web: {image: nginx, attach: true, pull_policy: missing, deploy: {mode: replicated}}}"),
  ).toEqual([]);
});

test("of some keys only certain values are unsupported", () => {
  expect(found("services: {web: {image: nginx, pull_policy: every_12h}}")).toEqual([
    "warning 1: services.web.pull_policy",
  ]);
  expect(
    found("services: {web: {image: nginx, pull_policy: always}, x: {image: x, pull_policy: never}}"),
  ).toEqual(["warning 1: services.web.pull_policy", "warning 1: services.x.pull_policy"]);
  expect(found("services: {web: {image: nginx, volumes: [{type: image, source: x, target: /x}]}}")).toEqual([
    "error 1: services.web.volumes[0].type",
  ]);
});

test("keys without an argument of a Container are not ignored silently", () => {
  expect(
    found(
      "services: {web: {image: nginx, userns_mode: host, pid: service:x, mac_address: a}, x: {image: x}}",
    ),
  ).toEqual([
    "error 1: services.web.userns_mode",
    "error 1: services.web.pid",
    "warning 1: services.web.mac_address",
  ]);
});

test("features that the builder of the Engine does not support are not ignored silently", () => {
  expect(
    found(
      "services: {web: {build: {context: ., ssh: [default], tags: [a], pull: true, secrets: [{ source: s, mode: 0400 }]}}}\nsecrets: {s: {file: s}}",
    ),
  ).toEqual([
    "error 1: services.web.build.ssh",
    "warning 1: services.web.build.pull",
    "warning 1: services.web.build.secrets[0].mode",
  ]);
});

test("a Compose key 5 is known", () => {
  const { model, unsupported } = load("services: {web: {build: {context: ., no_cache_filter: test}}}");
  expect(model.services["web"]?.build?.no_cache_filter).toEqual(["test"]);
  expect(unsupported.map(({ severity, path }) => `${severity} ${formatComposePath(path)}`)).toEqual([
    "warning services.web.build.no_cache_filter",
  ]);
});

test("a service that is off asks for nothing", () => {
  const text = "services: {web: {image: nginx}, x: {image: x, profiles: [p], cgroup_parent: a}}";
  expect(found(text)).toEqual([]);
  expect(found(text, ["p"])).toEqual(["error 1: services.x.cgroup_parent"]);
});
