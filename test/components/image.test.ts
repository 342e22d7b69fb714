import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dockerfile, Image, type ImageArgs, Registry } from "../../components";
import { run, UNKNOWN, valueOf } from "../../components/testing";

let context: string;
beforeEach(() => {
  context = mkdtempSync(join(tmpdir(), "image-test-"));
  writeFileSync(
    join(context, "Dockerfile"),
    'FROM debian:bookworm-slim AS base\nHEALTHCHECK CMD true\nVOLUME ["/data"]\nFROM base AS small\nCOPY . /srv/\n',
  );
  writeFileSync(join(context, "a.txt"), "a");
});
afterEach(() => rmSync(context, { recursive: true, force: true }));

const made = (args: ImageArgs, preview = false) => run(() => new Image("app", args), { preview });

test("a pulled image has one child, named as itself, that stays on the host", async () => {
  const { children, result } = await made({ reference: "debian:bookworm-slim" });

  expect(children).toEqual([
    {
      type: "docker:index/remoteImage:RemoteImage",
      name: "app",
      parent: "Image app",
      provider: "",
      inputs: { name: "debian:bookworm-slim", keepLocally: true },
      options: {},
    },
  ]);
  expect(result?.contentHash).toBeUndefined();
  expect(await valueOf((result as Image).imageId)).toBe("sha256:app");
});

test("a pulled image logs in where a registry is given", async () => {
  const { children } = await run(
    () =>
      new Image("app", {
        reference: "r.example.com/app",
        registry: new Registry("team", { address: "r.example.com", username: "ada", password: "hunter2" }),
      }),
  );
  expect(children.find(({ name }) => name === "app")?.provider).toBe("docker team");
});

test("a built image is named after its content, which alone decides about a rebuild", async () => {
  const build = {
    context,
    target: "small",
    args: { A: "1" },
    labels: { team: "blue" },
    platform: "linux/amd64",
  };
  const { children, result } = await made({ build });
  const hash = result?.contentHash ?? "";

  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(children).toEqual([
    {
      type: "docker:index/remoteImage:RemoteImage",
      name: "app",
      parent: "Image app",
      provider: "",
      inputs: {
        keepLocally: true,
        name: `shop-test/app:${hash.slice(0, 12)}`,
        triggers: {
          "--build-arg A": "6b86b273ff34",
          "--label team": "16477688c0e0",
          "--platform": "linux/amd64",
          "--target": "small",
          Dockerfile: "e0ebb5305ea1",
          "a.txt": "ca978112ca1b",
        },
      },
      options: { ignoreChanges: ["build"] },
    },
  ]);
});

test("a changed byte is another name, an unchanged context is the same one", async () => {
  const hash = async () => (await made({ build: { context } })).result?.contentHash;
  const before = await hash();
  expect(await hash()).toBe(before);

  writeFileSync(join(context, "a.txt"), "b");
  expect(await hash()).not.toBe(before);
});

test("P8 nothing of a build is an input of the provider, so that none of it is in the state", async () => {
  const dockerfile = Dockerfile.from("debian:bookworm-slim").run("true");
  const { children, error } = await made({ build: { dockerfile, args: { KEY: "hunter2" } } });

  expect(error).toBeUndefined();
  expect(Object.keys(children[0]?.inputs ?? {}).sort()).toEqual(["keepLocally", "name", "triggers"]);
  expect(JSON.stringify(children)).not.toContain("hunter2");
});

test("it knows before the build which volumes and health check its Dockerfile declares", async () => {
  const { result } = await made({ build: { context } });
  expect(result).toMatchObject({ declaredVolumes: ["/data"], declaresHealthCheck: true });

  const pulled = await made({ reference: "debian" });
  expect(pulled.result).toMatchObject({ declaredVolumes: [], declaresHealthCheck: false });
});

test("in a preview the name of a build is known, the id of an image is not", async () => {
  const { result } = await made({ build: { context } }, true);
  expect(await valueOf((result as Image).imageId)).toBe(UNKNOWN);
  expect(await valueOf((result as Image).imageName)).toBe(
    `shop-test/app:${String(result?.contentHash).slice(0, 12)}`,
  );
});
