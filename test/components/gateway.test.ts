import { BridgeNetwork } from "../../components/network/bridge-network";
import { Container } from "../../components/container/container";
import { Gateway } from "../../components/gateway/gateway";
import { Image } from "../../components/image/image";
import { WebService } from "../../components/gateway/web-service";
import type { WebServiceArgs } from "../../components/gateway/web-service-args";
import type { GatewayArgs } from "../../components/gateway/args";
import { run, type RunOptions, UNKNOWN, valueOf } from "../../components/testing";

const CONTAINER = "docker:index/container:Container";

interface Given {
  readonly service?: Partial<WebServiceArgs>;
  readonly gateway?: Partial<GatewayArgs>;
  readonly ownImage?: boolean;
}

const program =
  ({ service = {}, gateway = {}, ownImage = false }: Given = {}) =>
  (): { readonly api: WebService; readonly web: Gateway } => {
    const image = new Image("app", { reference: "team/app:1" });
    const front = new BridgeNetwork("front");
    const api = new WebService("api", { image, port: 8000, replicas: 2, networks: [front], ...service });
    const page = new Container("page", { image, networks: [{ network: front, serviceAlias: false }] });
    const web = new Gateway("web", {
      networks: [front],
      http: { host: 8080 },
      routes: [
        { path: "/api", to: api, stripPrefix: true },
        { to: page, port: 80 },
      ],
      ...(ownImage && { image }),
      ...gateway,
    });
    return { api, web };
  };

const ran = (given?: Given, options?: RunOptions) => run(program(given), options);

test("has these children, and no other", async () => {
  const { error, resources } = await ran();
  expect(error).toBeUndefined();
  const tree = resources.map(({ parent, type, name }) => [parent, type, name].join(" > ")).sort();
  expect(tree.filter((each) => /Gateway|WebService|web|api/.test(each))).toEqual([
    " > dockwright:index:Gateway > web",
    " > dockwright:index:WebService > api",
    "Container api-1 > docker:index/container:Container > api-1",
    "Container api-2 > docker:index/container:Container > api-2",
    "Container web > docker:index/container:Container > web",
    "Gateway web > dockwright:index:Container > web",
    "Gateway web > dockwright:index:GatewayRoutes > web-routes",
    "Gateway web > dockwright:index:Image > web-gateway",
    "Gateway web > dockwright:index:Volume > web-gateway",
    "Image web-gateway > docker:index/remoteImage:RemoteImage > web-gateway",
    "Volume web-gateway > docker:index/volume:Volume > web-gateway",
    "WebService api > dockwright:index:Container > api-1",
    "WebService api > dockwright:index:Container > api-2",
  ]);
});

test("its container is closed: loopback, no capability, read-only, and nothing of the routes in it", async () => {
  const { children } = await ran();
  const { inputs } = children.find(({ type, name }) => type === CONTAINER && name === "web") ?? {};
  expect(inputs).toMatchObject({
    ports: [{ internal: 8080, external: 8080, ip: "127.0.0.1", protocol: "tcp" }],
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    readOnly: true,
    restart: "always",
    tmpfs: { "/tmp": "size=16m,mode=1777" },
  });
  expect(JSON.stringify(inputs)).not.toMatch(/api-1|\/api|:8000/);
});

test("its routes are inputs of their own, with the containers that are ready", async () => {
  const { resources } = await ran();
  expect(resources.find(({ name }) => name === "web-routes")?.inputs).toEqual({
    accessLog: false,
    drainSeconds: 10,
    retrySeconds: 5,
    routes: [
      {
        hosts: [],
        path: "/api",
        to: ["api-1-id:8000", "api-2-id:8000"],
        stripPrefix: true,
        balance: "least-connections",
      },
      { hosts: [], path: "/", to: ["page-id:80"], stripPrefix: false, balance: "least-connections" },
    ],
  });
});

test("a preview that does not know the containers yet says so, and of nothing else", async () => {
  const { resources, result } = await ran({}, { preview: true });
  const inputs = resources.find(({ name }) => name === "web-routes")?.inputs;
  expect(inputs?.routes).toMatchObject([
    { path: "/api", to: [UNKNOWN, UNKNOWN] },
    { path: "/", to: [UNKNOWN] },
  ]);
  expect(await valueOf(result?.web.containerId as never)).toBe(UNKNOWN);
});

test("says where it answers", async () => {
  const { result } = await ran();
  expect(await valueOf(result?.web.url as never)).toBe("http://127.0.0.1:8080");
  expect(result?.web.httpsUrl).toBeUndefined();
});

test("with https: both ports, and certificates that outlive the stack", async () => {
  const open = { expose: "public" } as const;
  const { children, result, resources } = await run(() => {
    const front = new BridgeNetwork("front");
    const api = new WebService("api", {
      image: new Image("app", { reference: "team/app:1" }),
      port: 8000,
      networks: [front],
    });
    return new Gateway("web", {
      networks: [front],
      http: { host: 80, ...open },
      https: { host: 443, ...open, email: "ops@example.com" },
      routes: [{ hosts: ["example.com"], to: api }],
    });
  });
  const { inputs } = children.find(({ type, name }) => type === CONTAINER && name === "web") ?? {};
  expect(inputs?.ports).toMatchObject([
    { internal: 8080, external: 80, ip: "0.0.0.0" },
    { internal: 8443, external: 443, ip: "0.0.0.0" },
  ]);
  expect(resources.find(({ name }) => name === "web-routes")?.inputs).toMatchObject({
    https: { issuer: "acme", email: "ops@example.com" },
  });
  expect(children.find(({ type }) => type === "docker:index/volume:Volume")?.options).toMatchObject({
    retainOnDelete: true,
  });
  expect(await valueOf(result?.httpsUrl as never)).toBe("https://127.0.0.1:443");
});

test("an image of the user's own needs no build, and what its file of Caddy carries", async () => {
  const { children } = await ran({ ownImage: true });
  expect(children.filter(({ type }) => type === "docker:index/remoteImage:RemoteImage")).toHaveLength(1);
  const { inputs } = children.find(({ type, name }) => type === CONTAINER && name === "web") ?? {};
  expect(inputs).toMatchObject({ capabilities: { drops: ["ALL"], adds: ["CAP_NET_BIND_SERVICE"] } });
});

test("a service's containers are one service, start-first, without ports and without its name on a network", async () => {
  const { children } = await ran();
  const replicas = children.filter(({ type, name }) => type === CONTAINER && name.startsWith("api-"));
  expect(replicas.map(({ inputs }) => inputs)).toMatchObject(
    ["1", "2"].map((number) => ({
      name: `shop-test-api-${number}`,
      networksAdvanced: [{ name: "front-id" }],
      labels: expect.arrayContaining([
        { label: "com.docker.compose.service", value: "api" },
        { label: "com.docker.compose.container-number", value: number },
      ]) as unknown,
    })),
  );
  expect(JSON.stringify(replicas)).not.toContain('"ports"');
  expect(JSON.stringify(replicas)).not.toContain('"aliases"');
});

test.each<[string, Given, string]>([
  [
    "all faults of a gateway at once",
    { gateway: { routes: [], drainSeconds: -1 } },
    `gateway "web" has 2 invalid arguments
  routes: must not be empty; a gateway without a route answers 404 to everything
  drainSeconds: must be a number of seconds, at least 0, got -1`,
  ],
  [
    "a service with too few containers and no port",
    { service: { replicas: 0, port: 0 } },
    `web service "api" has 2 invalid arguments
  port: must be a whole number from 1 to 65535, got 0
  replicas: must be a whole number from 1 to 100, got 0`,
  ],
  [
    "a service with published ports",
    { service: { ports: [] } as object },
    `web service "api" has 1 invalid argument
  "ports" is not a known key; write port, and a route of a Gateway`,
  ],
])("refuses %s", async (_, given, text) => {
  const { error } = await ran(given);
  expect(error?.message).toBe(text);
});
