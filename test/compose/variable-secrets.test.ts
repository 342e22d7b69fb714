/** Values that come out of a file of variables are secrets, wherever a text is handed on; what a file says itself stays readable. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { ComposeProject, SwarmStack } from "../../components";
import { type Registered, run } from "../../components/testing";

const folder = mkdtempSync(join(tmpdir(), "dw-variable-secrets-"));
beforeAll(() => jest.spyOn(console, "warn").mockImplementation());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with files, of which the first one is the project. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), text);
  }
  return join(folder, name, "compose.yaml");
}

/** Everything that is registered, without what is a secret. */
const readable = (resources: readonly Registered[]): string =>
  JSON.stringify(resources, (_, value: unknown) =>
    typeof value === "object" && value !== null && Object.keys(value).join() === "secret"
      ? "[secret]"
      : value,
  );

const everything = (resources: readonly Registered[]): string => JSON.stringify(resources);

const HIDDEN = "not-a-real-password";

/** One file in which every place that takes a text has the variable. */
const everywhere = (more: string, atTop: string): string => `
name: shop
services:
  web:
    image: nginx
    command: ["serve", "--password", "\${PW}"]
    entrypoint: /start --key="\${PW}" plain-word
    environment: { PW: "\${PW}", URL: "https://user:\${PW}@db/plain", MODE: plain-mode }
    env_file: vars.env
    labels: ["team=plain-team", "auth=\${PW}"]
    logging: { driver: fluentd, options: { tag: "\${PW}" } }
    healthcheck: { test: ["CMD", "ask", "--as", "\${PW}"] }
    configs: [site, other]
    volumes: ["data:/data"]
    ${more}
  text:
    image: nginx
    command: "serve --password \${PW}"
    environment: ["LISTED=\${PW}", "PW", "OTHER=\${UNSET:-\${PW}}"]
    healthcheck: { test: "ask \${PW}" }
configs: { site: { content: "password = \${PW}" }, other: { environment: PW } }
${atTop}
`;

describe.each([
  [
    "ComposeProject",
    (files: string, environment?: Record<string, string>) =>
      run(() => new ComposeProject("it", { files, ...(environment && { environment }) })),
    "build: { context: ., dockerfile_inline: 'FROM scratch', args: { KEY: \"${PW}\" } }",
    'volumes: { data: { driver_opts: { o: "password=${PW}" } } }',
  ],
  [
    "SwarmStack",
    (files: string, environment?: Record<string, string>) =>
      run(() => new SwarmStack("it", { files, ...(environment && { environment }) })),
    'deploy: { labels: { team: plain-team, auth: "${PW}" } }',
    "volumes: { data: {} }",
  ],
] as const)("of a %s", (kind, made, more, atTop) => {
  const files = (name: string, text: string): string =>
    project(`${kind}-${name}`, {
      "compose.yaml": text,
      ".env": `PW=${HIDDEN}\nPORT=8080\n`,
      "vars.env": "FROM_FILE=another-hidden-word\nTOLD=${PW}-and-more\n",
    });

  test("P8 a value of a variable file is nowhere in plain text", async () => {
    const { resources, error } = await made(files("everywhere", everywhere(more, atTop)));
    expect(error).toBeUndefined();
    expect(everything(resources)).toContain(HIDDEN);
    expect(readable(resources)).not.toContain(HIDDEN);
    expect(readable(resources)).not.toContain(Buffer.from(HIDDEN).toString("base64").slice(0, 12));
    expect(readable(resources)).not.toContain("another-hidden-word");
  });

  test("what the files say themselves stays readable, and so does the environment of the program", async () => {
    const text = everywhere("", atTop).replace("env_file: vars.env", "");
    const given = project(`${kind}-given`, { "compose.yaml": text });
    const { resources, error } = await made(given, { PW: "given-by-the-program" });
    expect(error).toBeUndefined();
    for (const word of ["given-by-the-program", "plain-mode", "plain-word"])
      expect(readable(resources)).toContain(word);
  });

  test("the environment of the program overrides the file, and is not secret", async () => {
    const { resources } = await made(
      files("wins", "services: { web: { image: nginx, environment: { PW: '${PW}' } } }"),
      { PW: "given-by-the-program" },
    );
    expect(readable(resources)).toContain("PW=given-by-the-program");
  });

  test("a port of a file of variables is a port", async () => {
    const { resources, error } = await made(
      files("port", 'services: { web: { image: nginx, ports: ["${PORT}:80"] } }'),
    );
    expect(error).toBeUndefined();
    expect(readable(resources)).toContain("8080");
  });

  test("what files are merged, extended and included keep where a value comes from", async () => {
    const base = project(`${kind}-layers`, {
      "compose.yaml": `
name: shop
include: [other/compose.yaml]
x-common: &common { KEY: "\${PW}" }
services:
  web:
    extends: { file: base.yaml, service: base }
    environment: [MORE=1]
  anchored: { image: nginx, environment: { <<: *common } }
`,
      "base.yaml": 'services: { base: { image: nginx, environment: { FIRST: "${PW}" } } }',
      ".env": `PW=${HIDDEN}`,
      "other/compose.yaml": 'services: { inner: { image: nginx, environment: { INNER: "${INNER}" } } }',
      "other/.env": "INNER=another-hidden-word",
    });
    const { resources, error } = await made(base);
    expect(error).toBeUndefined();
    expect(everything(resources)).toContain(`FIRST=${HIDDEN}`);
    expect(everything(resources)).toContain("INNER=another-hidden-word");
    expect(readable(resources)).not.toMatch(/not-a-real-password|another-hidden-word/);
  });

  test("a secret of a variable has the value of the file, and one that nothing sets is named", async () => {
    const text = (variable: string): string =>
      `services: { web: { image: nginx, secrets: [key] } }\nsecrets: { key: { environment: ${variable} } }\n`;
    const { resources } = await made(files("set", text("PW")));
    expect(everything(resources)).toMatch(new RegExp(`${HIDDEN}|${Buffer.from(HIDDEN).toString("base64")}`));
    const { error } = await made(files("unset", text("NOT_SET")));
    expect(error?.message).toContain(
      "compose.yaml:2:32: secrets.key.environment: uses the variable NOT_SET, which is not set",
    );
  });
});
