import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ComposeProject, type ComposeProjectArgs } from "../../components";
import { run } from "../../components/testing";

const folder = mkdtempSync(join(tmpdir(), "dw-compose-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const blog = `
name: blog
services:
  db:
    image: mysql:8.0
    command: --default-authentication-plugin=mysql_native_password
    volumes: [db_data:/var/lib/mysql]
    restart: always
    environment: { MYSQL_ROOT_PASSWORD: somewordpress, MYSQL_DATABASE: wordpress }
    expose: [3306]
  wordpress:
    image: wordpress:latest
    depends_on: [db]
    ports: ["8080:80"]
    restart: always
    environment:
      - WORDPRESS_DB_HOST=db
      - WORDPRESS_DB_NAME=wordpress
volumes:
  db_data:
`;

const made = (text: string, args: Partial<ComposeProjectArgs> = {}) =>
  run(() => new ComposeProject("blog", { files: file("compose.yaml", text), ...args }));

test("a service whose end is awaited is found by Docker Compose as any other", async () => {
  const { error, get } = await made(
    "{ name: blog, services: { seed: { image: app }, web: { image: app, depends_on: { seed: { condition: service_completed_successfully } } } } }",
  );
  expect(error).toBeUndefined();
  const { inputs } = get("docker:index/container:Container", "blog-seed");
  expect(inputs).toMatchObject({
    name: "blog-seed-1",
    networksAdvanced: [{ aliases: ["seed"] }],
    labels: expect.arrayContaining([
      { label: "com.docker.compose.service", value: "seed" },
      { label: "com.docker.compose.oneoff", value: "False" },
    ]) as unknown,
  });
});

test("P3 the tutorial's own file becomes the objects that Compose would make, by the same names", async () => {
  const { children, error, get } = await made(blog);
  expect(error).toBeUndefined();
  const objects = children.map(
    ({ type, name, inputs }) => `${type.split(":").at(-1) ?? ""} ${name}: ${String(inputs["name"])}`,
  );
  expect(objects.sort()).toEqual([
    "Container blog-db-1: blog-db-1",
    "Container blog-wordpress-1: blog-wordpress-1",
    "Network blog-default: blog_default",
    "RemoteImage blog-mysql-8-0: mysql:8.0",
    "RemoteImage blog-wordpress-latest: wordpress:latest",
    "Volume blog-db_data: blog_db_data",
  ]);
  const web = get("docker:index/container:Container", "blog-wordpress-1");
  expect(web.inputs).toMatchObject({
    envs: ["WORDPRESS_DB_HOST=db", "WORDPRESS_DB_NAME=wordpress"],
    ports: [{ external: 8080, internal: 80, ip: "0.0.0.0", protocol: "tcp" }],
    restart: "always",
    init: false,
    securityOpts: ["no-new-privileges:false"],
  });
});

test("P10 a fault of a container's argument is reported at its line in the file, except for a service with overrides", async () => {
  const text = "services:\n  web:\n    image: nginx\n    mem_limit: 1m\n";
  const { error, children } = await made(text);
  expect(error?.message).toMatch(/compose\.yaml:4:16: services\.web\.mem_limit: memoryMiB must be /);
  expect(children).toEqual([]);
  const corrected = await made(text, { overrides: { web: { memoryMiB: 64 } } });
  expect(corrected.error).toBeUndefined();
});

test.each([
  ["wordpress", "blog-wordpress-1.url(8080): 8080/tcp is not published; 80/tcp is"],
  ["seed", "seed.url(8080): no port is available; the service runs once and ends"],
  ["spare", "spare.url(8080): no port is available; the service has no container (scale: 0)"],
])("P10 a port of a service that nothing publishes is an error: %s", async (service, text) => {
  const more = `
  seed: { image: app }
  spare: { image: app, scale: 0 }
volumes:`;
  const { error } = await run(() => {
    const files = file(
      "ports.yaml",
      blog
        .replace("depends_on: [db]", "depends_on: { seed: { condition: service_completed_successfully } }")
        .replace("\nvolumes:", more),
    );
    new ComposeProject("blog", { files }).services[service]?.url(8080);
  });
  expect((error as Error).message).toBe(text);
});
