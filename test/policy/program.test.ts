/** The rules on programs under mocks: what a user's test sees. */

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import { BridgeNetwork, Container, Gateway, Image, Job, Volume, WebService } from "../../components";
import { expectNoFindings, findingsOf, run } from "../../components/testing";

const dockerfile = { text: 'FROM debian:bookworm-slim\nUSER app\nHEALTHCHECK CMD true\nCMD ["app"]\n' };
const ids = async (program: () => unknown, atLeast: "high" | "medium" | "low" = "low"): Promise<string[]> =>
  (await findingsOf(program, { atLeast })).map(({ id }) => id);

test("the defaults of every component pass the rules of severity high", async () => {
  const defaults = (): void => {
    const image = new Image("pulled", { reference: "debian" });
    const front = new BridgeNetwork("front");
    const app = new WebService("app", {
      image: new Image("built", { build: { dockerfile } }),
      port: 80,
      networks: [front],
    });
    new Container("plain", { image, mounts: [{ volume: new Volume("data"), path: "/var/lib/mysql" }] });
    new Container("published", { image, ports: [{ container: 80, host: 8080 }], networks: [front] });
    new Job("once", { image });
    new Gateway("gateway", { networks: [front], http: { host: 8081 }, routes: [{ to: app }] });
  };
  await expectNoFindings(defaults);
  await expectNoFindings(defaults, { preview: true });
});

test("a program of the provider's own resources is judged as well", async () => {
  const program = (): void => {
    const image = new docker.RemoteImage("web", { name: "nginx" });
    new docker.Container("web", {
      image: image.imageId,
      privileged: true,
      envs: [pulumi.secret("DB_PASSWORD=x"), "PORT=80"],
      volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/var/run/docker.sock" }],
      ports: [{ internal: 80, external: 80 }],
    });
  };
  expect(await ids(program, "high")).toEqual([
    "docker-socket:web",
    "privileged:web",
    "secret-in-environment:web",
  ]);
  expect(await ids(program)).toEqual(
    expect.arrayContaining(["latest-image:web", "public-port:web", "privileged-port:web", "root-user:web"]),
  );
});

test("user and health check of a Dockerfile apply to its containers", async () => {
  const built = (text: string) => () => {
    new Container("web", { image: new Image("web", { build: { dockerfile: { text } } }) });
  };
  const good = await ids(built(dockerfile.text));
  expect(good).not.toContain("root-user:web");
  expect(good).not.toContain("no-health-check:web");
  expect(good).toContain("base-undigested:web");
  const bad = await ids(built("FROM debian\nUSER root\n"));
  expect(bad).toEqual(
    expect.arrayContaining([
      "root-user:web",
      "no-health-check:web",
      "image-user-root:web",
      "base-latest:web",
    ]),
  );
});

test("a failing program fails the test with its own words", async () => {
  await expect(findingsOf(() => new Container("web", {} as never))).rejects.toThrow("image: is required");
});

test("what is found is said with the remedy, and may be waived", async () => {
  const program = (): void => {
    new docker.Container("web", { image: "nginx:1.29", privileged: true });
  };
  await expect(expectNoFindings(program)).rejects.toThrow(
    "container web: runs privileged; remove privileged, and add only the capability or device that is needed (privileged, CIS 1.6.0 5.5)",
  );
  const waivers = [{ rule: "privileged", on: "web", reason: "needs the device mapper", until: "2099-12-31" }];
  await expectNoFindings(program, { waivers });
  await expectNoFindings(await run(program), { waivers });
});

test("networks and volumes are known by name", async () => {
  const program = (): void => {
    const image = new Image("image", { reference: "debian:bookworm-slim" });
    const front = new BridgeNetwork("front", { subnet: "8.8.8.0/24" });
    const data = new Volume("data");
    const both = { image, mounts: [{ volume: data, path: "/var/lib/mysql" }], networks: [front] };
    new Container("db", both);
    new Container("copy", both);
    new Container("web", {
      image,
      networks: [front],
      ports: [{ container: 80, host: 8080, expose: "public" }],
    });
  };
  for (const preview of [false, true]) {
    const found = (await findingsOf(program, { preview })).map(({ id }) => id);
    expect(found).toEqual(
      expect.arrayContaining([
        "two-writers:data",
        "database-on-public-network:db",
        "public-subnet:front",
        "public-port:web",
      ]),
    );
    expect(found).not.toContain("default-bridge:web");
  }
});
