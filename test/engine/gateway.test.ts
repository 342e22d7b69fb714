/** P1, P2, P3 through a gateway: no request fails while what is behind it changes, and its own change is a reload. */

import { execFile } from "node:child_process";
import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";

import { BridgeNetwork } from "../../components/network/bridge-network";
import { Container } from "../../components/container/container";
import { Gateway } from "../../components/gateway/gateway";
import { Image } from "../../components/image/image";
import { WebService } from "../../components/gateway/web-service";
import { Dockerfile } from "../../components/image/dockerfile";
import type { GatewayRoute } from "../../components/gateway/args";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";
import { Load } from "./support/load";

jest.setTimeout(600_000);
const run = promisify(execFile);

/** Answers with its version and what it was asked; "/slow" takes a while; ends at once when asked to. */
const script = `
use strict; use warnings; use IO::Socket::INET; $SIG{CHLD} = "IGNORE"; $SIG{TERM} = sub { exit 0 };
my $s = IO::Socket::INET->new(LocalAddr => "0.0.0.0", LocalPort => 8000, Listen => 128, ReuseAddr => 1) or die $!;
while (1) { my $c = $s->accept or next; if (fork) { close $c; next }
  while (my $first = <$c>) { my %h; while (my $l = <$c>) { $l =~ s/\\r?\\n//; last if $l eq ""; $h{lc $1} = $2 if $l =~ /^([^:]+): (.*)/ }
    my ($path) = $first =~ /^\\S+ (\\S+)/; sleep 3 if $path =~ /slow/;
    my $b = join " ", $ENV{VERSION}, $path, map { $_ . "=" . ($h{$_} // "") } qw(x-forwarded-prefix x-forwarded-proto x-forwarded-host);
    print $c "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($b) . "\\r\\n\\r\\n$b"; $c->flush } exit }
`;

/** What `docker inspect` says of the limits of a container. */
interface Hardened {
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[];
    readonly RestartPolicy: { readonly Name: string };
  };
  readonly Config: { readonly User: string };
  readonly State: { readonly Health: { readonly Status: string } };
}

interface Shape {
  readonly version?: string;
  readonly routes?: readonly Partial<GatewayRoute>[];
  readonly http?: { readonly host?: number };
}

const program =
  ({ version = "1", routes = [], http = {} }: Shape = {}) =>
  async (): Promise<Record<string, unknown>> => {
    const image = new Image("perl", {
      build: { dockerfile: Dockerfile.from("debian:bookworm-slim").user("10001:10001") },
    });
    const front = new BridgeNetwork("front");
    const serve = {
      image,
      command: ["perl", "-e", script],
      init: false,
      stopGraceSeconds: 3,
      monitorSeconds: 1,
      healthCheck: {
        command: "exec 3<>/dev/tcp/127.0.0.1/8000",
        intervalSeconds: 0.5,
        startPeriodSeconds: 5,
      },
    };
    const check = { ...serve.healthCheck, command: ["bash", "-c", serve.healthCheck.command] };
    const api = new WebService("api", {
      ...serve,
      healthCheck: check,
      environment: { VERSION: `api-${version}` },
      port: 8000,
      replicas: 2,
      networks: [front],
    });
    const page = new Container("page", {
      ...serve,
      healthCheck: check,
      environment: { VERSION: "page" },
      networks: [{ network: front, serviceAlias: false }],
    });
    const web = new Gateway("web", {
      networks: [front],
      http,
      routes: [
        { path: "/api", to: api, stripPrefix: true },
        ...routes.map((each) => ({ to: page, port: 8000, ...each })),
      ],
    });
    return Promise.resolve({ url: web.url });
  };

const killRouter = `for p in /proc/[0-9]*; do case "$(tr '\\0' ' ' < $p/cmdline)" in "caddy run "*router*) kill -9 \${p#/proc/};; esac; done`;

async function waitFor(reached: () => boolean): Promise<void> {
  for (let tries = 0; !reached(); tries += 1) {
    if (tries > 100) throw new Error("waited for 10 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const page = { path: "/page" };

describe("a gateway in front of a service with two containers and a single container", () => {
  const stack = new Deployment("gateway");
  const web = `${stack.scope}-web`;
  let url = "";
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(15_000) });
    return `${String(answer.status)} ${(await answer.text()).trim()}`;
  };
  /** While Caddy starts nobody answers. */
  const getAgain = async (path: string): Promise<string> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await get(path);
      } catch (error) {
        if (tries > 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const gateway = (): { id: string; started: string } => {
    const { Id, State } = inspect(web);
    return { id: Id, started: State.StartedAt };
  };

  beforeAll(async () => {
    const { outputs } = await stack.up(program({ routes: [page] }));
    url = String(outputs.url?.value);
  });
  afterAll(() => stack.cleanUp());

  it("listens on 127.0.0.1, without privileges, and cannot be configured from outside", async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { HostConfig, Config, State } = inspect<Hardened>(web);
    expect(HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      RestartPolicy: { Name: "always" },
    });
    expect(Config.User).toBe("caddy");
    expect(State.Health.Status).toBe("healthy");
    const page = `${stack.scope}-page`;
    const ask = (port: number) =>
      run("docker", ["exec", page, "bash", "-c", `exec 3<>/dev/tcp/${web}/${String(port)}`]);
    await expect(ask(8080)).resolves.toBeDefined();
    for (const port of [2018, 2019, 2020]) await expect(ask(port)).rejects.toThrow("refused");
  });

  it("routes by path, strips a prefix, and forwards client address and host", async () => {
    const host = new URL(url).host;
    expect(await get("/api/x?y=1")).toBe(
      `200 api-1 /x?y=1 x-forwarded-prefix=/api x-forwarded-proto=http x-forwarded-host=${host}`,
    );
    expect(await get("/page/x")).toContain("200 page /page/x x-forwarded-prefix= ");
    expect(await get("/apix")).toBe("404 404 no matching route");
    expect(await get("/")).toBe("404 404 no matching route");
  });

  it("P1 the second up is empty, also after a refresh", async () => {
    expect((await stack.up(program({ routes: [page] }))).steps).toEqual({});
    expect((await stack.up(program({ routes: [page] }), { refresh: true })).steps).toEqual({});
  });

  it("P2 a change of routes is shown as an update, and is a reload under load", async () => {
    const before = gateway();
    const routes = [page, { path: "/other", healthPath: "/fine" }];
    expect(await stack.preview(program({ routes }))).toEqual({ "GatewayRoutes web-routes": "update" });
    expect(await get("/other")).toContain("404");

    const load = new Load(`${url}/api/x`, 100);
    expect((await stack.up(program({ routes }))).steps).toEqual({ update: 1 });
    const { sent, failed } = await load.stop();

    expect(failed).toEqual([]);
    expect(sent).toBeGreaterThan(100);
    expect(await get("/other")).toContain("200 page /other");
    expect(gateway()).toEqual(before);
  });

  it("P3 no request fails while the containers behind it are replaced, including in-flight requests", async () => {
    const before = gateway();
    const preview = await stack.preview(program({ version: "2", routes: [page] }));
    expect(preview).toMatchObject({
      "Container api-1": "replace",
      "Container api-2": "replace",
      "GatewayRoutes web-routes": "update",
    });

    const load = new Load(`${url}/api/x`, 100);
    const slow = new Load(`${url}/api/slow`, 2);
    await stack.up(program({ version: "2", routes: [page] }));
    const [fast, late] = await Promise.all([load.stop(), slow.stop()]);

    expect(fast.failed).toEqual([]);
    expect(late.failed).toEqual([]);
    expect(fast.sent).toBeGreaterThan(200);
    expect(await get("/api/x")).toContain("200 api-2 ");
    expect(gateway()).toEqual(before);
    expect((await stack.up(program({ version: "2", routes: [page] }))).steps).toEqual({});
  });

  it("a request to an unreachable container is routed to the other one, or gets status 502 if there is none", async () => {
    docker("pause", `${stack.scope}-page`);
    docker("kill", `${stack.scope}-api-1`);
    try {
      const answers = await Promise.all(Array.from({ length: 20 }, () => get("/api/x")));
      expect(new Set(answers.map((each) => each.slice(0, 9)))).toEqual(new Set(["200 api-2"]));
    } finally {
      docker("unpause", `${stack.scope}-page`);
      docker("stop", `${stack.scope}-page`);
    }
    expect(await get("/page")).toMatch(/^50[23] 50[23] /);
    docker("start", `${stack.scope}-page`, `${stack.scope}-api-1`);
    await run("sleep", ["3"]);
    expect(await get("/page")).toContain("200 page");
  });

  it("keeps its routes after a restart", async () => {
    docker("restart", web);
    url = `http://${docker("port", web, "8080/tcp")}`;
    expect(await getAgain("/api/x")).toContain("200 api-2 ");
    expect((await stack.up(program({ version: "2", routes: [page] }))).steps).toEqual({});
  });

  it("restarts if one of its processes exits", async () => {
    const { started } = gateway();
    docker("exec", web, "sh", "-c", killRouter);
    await waitFor(() => gateway().started !== started && inspect(web).State.Status === "running");
    // Docker picks a free port at each start.
    url = `http://${docker("port", web, "8080/tcp")}`;
    expect(await getAgain("/api/x")).toContain("200 api-2 ");
  });

  it("a manually changed route is reset by the next up", async () => {
    for (const port of [2018, 2019])
      docker(
        "exec",
        web,
        "sh",
        "-c",
        `echo '{"admin":{"listen":"127.0.0.1:${String(port)}"}}' > /tmp/x && caddy reload --config /tmp/x --address 127.0.0.1:${String(port)}`,
      );
    await expect(get("/api/x")).rejects.toThrow();
    await stack.up(program({ version: "2", routes: [page] }));
    expect(await get("/api/x")).toContain("200 api-2 ");
  });

  it("P4 routes that cannot be loaded fail the up, and the previous routes are still serving", async () => {
    docker("exec", web, "sh", "-c", "rm -f /tmp/wanted.json; mkdir /tmp/wanted.json");
    const routes = [page, { path: "/late" }];
    await expect(stack.up(program({ version: "2", routes }))).rejects.toThrow(
      /gateway "web": its routes were not loaded: Caddy rejected the configuration[^]*now [^]*next +docker logs dw-test-gateway-web/,
    );
    expect(await get("/api/x")).toContain("200 api-2 ");
    docker("exec", web, "sh", "-c", "rmdir /tmp/wanted.json");
    await stack.up(program({ version: "2", routes }));
    expect(await get("/late")).toContain("200 page");
  });

  it("a new gateway has the routes of the old one", async () => {
    const before = gateway();
    const routes = [page, { path: "/late" }];
    const port = Number(docker("port", web, "8080/tcp").split(":").pop());
    const { outputs } = await stack.up(program({ version: "2", routes, http: { host: port } }));
    url = String(outputs.url?.value);
    expect(gateway().id).not.toBe(before.id);
    expect(await get("/late")).toContain("200 page");
  });
});

describe("a gateway with https, by an image of the user's own", () => {
  const stack = new Deployment("gateway-tls");
  const name = "app.test";
  const secured = async (): Promise<Record<string, unknown>> => {
    const front = new BridgeNetwork("front");
    const caddy = new Image("caddy", {
      build: {
        dockerfile: Dockerfile.from("debian:bookworm-slim")
          .run(
            "apt-get update && apt-get install --yes --no-install-recommends caddy wget && mkdir /data && chown caddy /data",
          )
          .user("caddy"),
      },
    });
    const page = new Container("page", {
      image: new Image("perl", {
        build: { dockerfile: Dockerfile.from("debian:bookworm-slim").user("10001:10001") },
      }),
      command: ["perl", "-e", script],
      environment: { VERSION: "page" },
      networks: [{ network: front, serviceAlias: false }],
    });
    const web = new Gateway("web", {
      image: caddy,
      networks: [front],
      https: { issuer: "internal" },
      routes: [{ hosts: [name], to: page, port: 8000 }],
      accessLog: true,
    });
    return Promise.resolve({ url: web.url, httpsUrl: web.httpsUrl });
  };
  let outputs: Record<string, { value: unknown }> = {};
  const ask = (address: unknown, servername = name): Promise<string> =>
    new Promise((resolve, reject) => {
      const url = new URL(String(address));
      const options = {
        headers: { host: name },
        servername,
        rejectUnauthorized: false,
        agent: false as const,
      };
      const request = (url.protocol === "https:" ? https : http).get(url, options, (response) => {
        const { location } = response.headers;
        let text = `${String(response.statusCode)} ${location ?? ""}`.trim();
        response.on("data", (bytes: Buffer) => (text += ` ${bytes.toString()}`));
        response.on("end", () => {
          resolve(text);
        });
      });
      request.on("error", reject);
    });

  beforeAll(async () => {
    ({ outputs } = await stack.up(secured));
  });
  afterAll(() => stack.cleanUp());

  it("serves the name of its certificate, and redirects HTTP to it", async () => {
    expect(await ask(outputs.httpsUrl?.value)).toContain(
      "200 page / x-forwarded-prefix= x-forwarded-proto=https",
    );
    expect(await ask(outputs.url?.value)).toBe(`308 https://${name}/`);
    await expect(ask(outputs.httpsUrl?.value, "other.test")).rejects.toThrow();
  });

  it("writes each request to the log as JSON", () => {
    const lines = docker("logs", `${stack.scope}-web`).split("\n");
    expect(lines.filter((line) => line.includes('"logger":"http.log.access"')).length).toBeGreaterThan(0);
  });

  it("the second up is empty, and destroy keeps the volume with the certificates", async () => {
    expect((await stack.up(secured)).steps).toEqual({});
    await stack.destroy();
    expect(exists(`${stack.scope}-web-gateway`, "volume")).toBe(true);
  });
});
