/** A message says what was found and the nearest name that exists; a file that cannot be read is one clear error. */

import { loadCompose } from "../../components/compose/load";

function errorOf(text: string, dotenv?: string): string {
  try {
    loadCompose({
      files: ["compose.yaml"],
      environment: {},
      workingDirectory: "/shop",
      read: (path) => (path === "/shop/compose.yaml" ? text : path === "/shop/.env" ? dotenv : undefined),
    });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const web = (keys: string, rest = ""): string =>
  `services: { web: { image: nginx, ${keys} }, database: { image: x } }\n${rest}`;

test.each([
  ["a network", web("networks: [frontnet]", "networks: { front-net: {} }"), 'is not declared under networks; did you mean "front-net"?'],
  ["a volume", web('volumes: ["dbdata:/x"]', "volumes: { db-data: {} }"), 'is not declared under volumes; did you mean "db-data"?'],
  ["a secret", web("secrets: [tokn]", "secrets: { token: { file: x } }"), 'is not declared under secrets; did you mean "token"?'],
  ["a config", web("configs: [sites]", "configs: { site: { file: x } }"), 'is not declared under configs; did you mean "site"?'],
  ["nothing near", web("networks: [xyz]", "networks: { front-net: {} }"), "is not declared under networks; add it there"],
  ["a service", web("depends_on: [databse]"), 'does not exist; did you mean "database"?'],
  ["an extended service", web("extends: { service: databse }"), 'does not have; did you mean "database"?'],
  ["a condition", web("depends_on: { database: { condition: healthy } }"), 'did you mean "service_healthy"?'],
  ["a duration", web("stop_grace_period: 10 seconds"), 'must be a duration, for example 1m30s or 500ms, got "10 seconds"'],
  ["a size", web("mem_limit: 12Q"), 'must be a size, for example 512m or 1.5g, got "12Q"'],
  ["a brace", web("hostname: '${FOO'"), '"${FOO" has a malformed variable, a } is missing'],
  ["a prototype as a dependency", web("depends_on: [constructor]"), "needs the service constructor, which does not exist"],
  ["a prototype as a network", web("networks: [__proto__]"), "refers to the network __proto__, which is not declared under networks"],
  ["a prototype as an extended service", web("extends: { service: toString }"), "refers to the service toString, which compose.yaml does not have"],
] as const)("%s", (_, text, message) => {
  expect(errorOf(text)).toContain(message);
}); // prettier-ignore

test("a value of a variable is not shown, where it comes from is", () => {
  const message = errorOf(web("mem_limit: '${SIZE}'"), "SIZE=not-a-real-password");
  expect(message).toContain('got the value of "${SIZE}"');
  expect(message).not.toContain("not-a-real-password");
});

test("services may be called like members of every object", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const services = names.map((name) => `  ${name}: { image: x }`).join("\n");
  const { model } = loadCompose({
    files: ["compose.yaml"],
    environment: {},
    workingDirectory: "/shop",
    read: (path) => (path === "/shop/compose.yaml" ? `services:\n${services}\n` : undefined),
  });
  expect(Object.keys(model.services).sort()).toEqual([...names].sort());
});

test.each([
  ["lists within lists", `services: { web: { image: nginx, x-deep: ${"[".repeat(5_000)}${"]".repeat(5_000)} } }`],
  ["a mapping on every line", Array.from({ length: 400 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ["lists without an end", "[".repeat(200_000)],
])("too deep: %s", (_, text) => {
  const message = errorOf(text);
  expect(message).toMatch(/1 fault\n.*(nested more than 100 levels deep|this is not valid YAML)/);
  expect(message.length).toBeLessThan(400);
}); // prettier-ignore

test("too large, and too deep variables", () => {
  expect(errorOf(`# ${"x".repeat(9 * 2 ** 20)}\n`)).toMatch(
    /1 fault\n {2}compose.yaml:1:1: is larger than the limit of 8 MiB/,
  );
  const deep = `${"${A:-".repeat(300)}x${"}".repeat(300)}`;
  expect(errorOf(web(`hostname: '${deep}'`))).toContain("has variables nested too deeply");
});
