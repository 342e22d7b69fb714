import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Registry, SwarmStack, type SwarmStackArgs } from "../../components";
import { run } from "../../components/testing";

const folder = mkdtempSync(join(tmpdir(), "dw-stack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
file("token", "not-a-real-token");
file("site.conf", "listen 80;");
file("Dockerfile", "FROM scratch\n");

const blog = `
name: blog
services:
  web:
    image: nginx:1.27
    depends_on: [db]
    deploy: { replicas: 5, labels: { team: web } }
    ports: ["8080:80"]
    networks: [front, back]
    configs: [{ source: site, target: /etc/site.conf, mode: 0440 }]
    secrets: [token]
  db:
    image: postgres:17
    networks: { back: { aliases: [store] } }
    volumes: [data:/data]
    secrets: [{ source: token, target: db_token, uid: "999" }]
networks: { front: , back: { internal: true } }
volumes: { data: }
configs: { site: { file: site.conf } }
secrets: { token: { file: token } }
`;

const made = (text: string, args: Partial<SwarmStackArgs> = {}) =>
  run(() => new SwarmStack("it", { files: file("compose.yaml", text), ...args }));

const named = (children: readonly { readonly type: string; readonly name: string }[]): string[] =>
  children.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`).sort();

test("everything has the name that docker stack deploy gives it, each made once", async () => {
  const { error, children, get } = await made(blog);
  expect(error).toBeUndefined();
  expect(named(children)).toEqual([
    "Network it-back",
    "Network it-front",
    "RemoteImage it-nginx-1-27",
    "RemoteImage it-postgres-17",
    "Secret it-token",
    "Service it-db",
    "Service it-web",
    "ServiceConfig it-site",
  ]);
  expect(get("docker:index/service:Service", "it-web").inputs).toMatchObject({ name: "blog_web" });
  expect(get("docker:index/network:Network", "it-front").inputs).toMatchObject({
    name: "blog_front",
    driver: "overlay",
    labels: expect.arrayContaining([{ label: "com.docker.stack.namespace", value: "blog" }]) as unknown,
  });
  expect(get("docker:index/secret:Secret", "it-token").inputs["name"]).toMatch(/^blog_token-[0-9a-f]{12}$/);
});

test("a service has the settings of its file", async () => {
  const { get } = await made(blog);
  expect(get("dockwright:index:SwarmSpec", "it-web-spec").inputs).toMatchObject({
    Name: "blog_web",
    Labels: { team: "web", "com.docker.stack.namespace": "blog" },
    Mode: { Replicated: { Replicas: 5 } },
    EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: "ingress" }] },
    TaskTemplate: { ContainerSpec: { Configs: [{ File: { Name: "/etc/site.conf", Mode: 0o440 } }] } },
  });
  expect(get("dockwright:index:SwarmSpec", "it-db-spec").inputs).toMatchObject({
    TaskTemplate: {
      ContainerSpec: {
        Mounts: [{ Type: "volume", Source: "blog_data", Target: "/data" }],
        Secrets: [{ File: { Name: "db_token", UID: "999" } }],
      },
      Networks: [{ Aliases: expect.arrayContaining(["db", "store"]) as unknown }],
    },
  });
});

test("what is external is not made", async () => {
  const { error, children, get } = await made(`
services: { web: { image: x, secrets: [s], configs: [c], networks: [n], volumes: [vol:/v] } }
secrets: { s: { external: true } }
configs: { c: { external: true, name: theirs } }
networks: { n: { external: true } }
volumes: { vol: { external: true } }
`);
  expect(error).toBeUndefined();
  expect(named(children)).toEqual(["RemoteImage it-x", "Service it-web"]);
  expect(get("dockwright:index:SwarmSpec", "it-web-spec").inputs).toMatchObject({
    TaskTemplate: {
      ContainerSpec: {
        Configs: [{ ConfigName: "theirs" }],
        Secrets: [{ SecretName: "s" }],
        Mounts: [{ Source: "vol" }],
      },
    },
  });
});

test("what is built here is pushed to the registry", async () => {
  const built = "{ name: blog, services: { app: { build: ., image: 'team/app:2' }, own: { build: . } } }";
  const { error, get } = await run(() => {
    const registry = new Registry("r", { address: "registry.example.com", username: "u", password: "p" });
    new SwarmStack("it", { files: file("compose.yaml", built), registry });
  });
  expect(error).toBeUndefined();
  const target = (name: string) => get("docker:index/tag:Tag", `${name}-tag`).inputs["targetImage"];
  expect(target("it-app")).toBe("registry.example.com/team/app:2");
  expect(target("it-own")).toBe("registry.example.com/blog/own:latest");
});

test("an override replaces what the file says, of a service that is there", async () => {
  const { get } = await made(blog, { overrides: { web: { replicas: 2 } } });
  expect(get("dockwright:index:SwarmSpec", "it-web-spec").inputs).toMatchObject({
    Mode: { Replicated: { Replicas: 2 } },
  });
  const { error } = await made(blog, { overrides: { wbe: { replicas: 2 } } });
  expect(String(error)).toContain("overrides.wbe: must be a service of the files, known: db, web");
});

test("all faults are reported at once, with their places", async () => {
  const { error } = await made(
    "services:\n  a: { image: x, privileged: true }\n  b: { image: x, pid: host }\n",
  );
  expect(String(error)).toMatch(/has 2 faults[^]*a\.privileged[^]*b\.pid/);
});
