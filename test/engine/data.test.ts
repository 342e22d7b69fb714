/** P5, P6: what holds data, and what a deployment is made of, when the host is not as the state has it. */

import * as provider from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";

import { Container, Dockerfile, Image, Volume } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";

jest.setTimeout(300_000);

const stacks: Deployment[] = [];
const made = (name: string): Deployment => {
  const stack = new Deployment(name);
  stacks.push(stack);
  return stack;
};
const sleep = ["sh", "-c", "trap exit TERM; while :; do sleep 0.1; done"];

afterAll(async () => {
  for (const stack of stacks) await stack.cleanUp();
});

describe("P6 an image", () => {
  const built =
    (text: string, healthy = true) =>
    async () => {
      const dockerfile = Dockerfile.from("debian:bookworm-slim").run(["sh", "-c", `echo ${text} > /text`]);
      const image = new Image("app", { build: { dockerfile } });
      new Container("web", {
        image,
        command: healthy ? sleep : ["false"],
        monitorSeconds: 0,
        stopGraceSeconds: 2,
      });
      await Promise.resolve();
    };

  it("of a manually removed build is rebuilt by a plain up, as the preview shows", async () => {
    const stack = made("data-image");
    await stack.up(built("one"));
    const web = `${stack.scope}-web`;
    const name = inspect(web).Config["Image"] as unknown as string;
    docker("rm", "-f", web);
    docker("image", "rm", "-f", name);
    expect(await stack.preview(built("one"))).toEqual({
      "Container web": "replace",
      "RemoteImage app": "replace",
    });
    expect(stack.printed).toContain("was removed manually; an up builds it again");
    await stack.up(built("one"));
    expect(docker("exec", web, "cat", "/text")).toBe("one");
    expect(await stack.preview(built("one"))).toEqual({});
    // Where its container is gone as well, there is nothing that could give it back.
    docker("image", "rm", "-f", name);
    expect(exists(web)).toBe(true);
    await stack.up(built("one"));
    expect(exists(name, "image")).toBe(true);
    expect(await stack.preview(built("one"))).toEqual({});
  });

  it("is still present after a broken version: deploy, revert, deploy", async () => {
    const stack = made("data-revert");
    const web = `${stack.scope}-web`;
    await stack.up(built("good"));
    await expect(stack.up(built("broken", false))).rejects.toThrow();
    await expect(stack.up(built("broken", false))).rejects.toThrow();
    await stack.up(built("good"));
    expect(docker("exec", web, "cat", "/text")).toBe("good");
    await stack.up(built("better"));
    expect(docker("exec", web, "cat", "/text")).toBe("better");
    expect(await stack.preview(built("better"))).toEqual({});
    expect(stack.printed).not.toContain("undefined");
  });
});

describe("P5 a volume", () => {
  const web = (volume: Volume) =>
    new Container("web", {
      image: new Image("base", { reference: "debian:bookworm-slim" }),
      command: ["sh", "-c", "echo row >> /data/rows; trap exit TERM; while :; do sleep 0.1; done"],
      mounts: [{ volume, path: "/data" }],
      monitorSeconds: 0,
      stopGraceSeconds: 2,
    });
  const rows = (stack: Deployment): string => docker("exec", `${stack.scope}-web`, "cat", "/data/rows");
  const labelsOf = (name: string) =>
    inspect<{ Labels: Record<string, string> | null }>(name, "volume").Labels;

  it("of a person is refused by owner, date and size, and never removed once it was taken over", async () => {
    const stack = made("data-person");
    const name = `${stack.scope}-data`;
    docker("volume", "create", name);
    docker(
      "run",
      "--rm",
      "-v",
      `${name}:/data`,
      "debian:bookworm-slim",
      "sh",
      "-c",
      "echo precious > /data/rows",
    );
    const program = (adopt: boolean) => async () => {
      web(new Volume("data", { whenDestroyed: "lose-data", adopt }));
      await Promise.resolve();
    };
    await expect(stack.preview(program(false))).rejects.toThrow();
    expect(stack.printed).toMatch(
      /volume "data": the name \S+-data on the host belongs to a volume created by an unknown owner \(created \S+, 9 bytes\)[^]*adopt: true/,
    );
    await stack.up(program(true));
    expect(rows(stack)).toBe("precious\nrow");
    await stack.up(() => Promise.resolve());
    expect(exists(name, "volume")).toBe(true);
    docker("volume", "rm", name);
  });

  it("that was manually removed is reported by a plain preview, and recreated with its labels", async () => {
    const stack = made("data-gone");
    const name = `${stack.scope}-data`;
    const program = async () => {
      web(new Volume("data", { protect: false }));
      await Promise.resolve();
    };
    await stack.up(program);
    const labels = labelsOf(name);
    docker("rm", "-f", `${stack.scope}-web`);
    docker("volume", "rm", name);
    await stack.preview(program);
    expect(stack.printed).toMatch(
      /volume "data": \S+-data no longer exists on the host, and its data is lost; an up recreates it, EMPTY/,
    );
    await stack.up(program);
    expect(labelsOf(name)).toEqual(labels);
    expect(rows(stack)).toBe("row");
    expect(await stack.preview(program)).toEqual({});
    docker("rm", "-f", `${stack.scope}-web`);
    docker("volume", "rm", name);
    docker("volume", "create", name);
    await expect(stack.preview(program)).rejects.toThrow();
    expect(stack.printed).toContain("belongs to a volume created by an unknown owner");
    docker("volume", "rm", name);
  });

  it("that is renamed with an alias keeps its data, also when the alias is removed", async () => {
    const stack = made("data-renamed");
    const program = (name: string, aliases?: pulumi.Alias[]) => async () => {
      web(new Volume(name, { protect: false }, aliases && { aliases }));
      await Promise.resolve();
    };
    await stack.up(program("data"));
    const { CreatedAt } = inspect<{ CreatedAt: string }>(`${stack.scope}-data`, "volume");
    expect(await stack.preview(program("store", [{ name: "data" }]))).toEqual({});
    await stack.up(program("store", [{ name: "data" }]));
    expect(await stack.preview(program("store"))).toEqual({});
    await stack.up(program("store"));
    expect(rows(stack)).toBe("row");
    expect(inspect<{ CreatedAt: string }>(`${stack.scope}-data`, "volume").CreatedAt).toBe(CreatedAt);
    expect(exists(`${stack.scope}-store`, "volume")).toBe(false);
    // A cache too, which is removed when it is not needed any more.
  });

  it("with changed options reports in every preview and up that they are not applied", async () => {
    const stack = made("data-options");
    const program = (size: string) => async () => {
      const driverOptions = { type: "tmpfs", device: "tmpfs", o: `size=${size}` };
      new Volume("data", { protect: false, driverOptions });
      await Promise.resolve();
    };
    await stack.up(program("10m"));
    for (const run of [() => stack.preview(program("20m")), () => stack.up(program("20m"))]) {
      stack.printed = "";
      await run();
      expect(stack.printed).toMatch(
        /volume "data": driverOptions.o of the program not applied: \S+-data exists[^\n]*docker volume rm/,
      );
    }
    stack.printed = "";
    await stack.preview(program("10m"));
    expect(stack.printed).not.toContain("not applied");
  });

  it("of a raw resource in the same stack is refused, and taken over by an alias to its URN, with its data", async () => {
    const stack = made("data-raw");
    const name = "dw-test-data-raw-volume";
    const urn = "urn:pulumi:data-raw::dw-test::docker:index/volume:Volume::raw";
    const raw = async () => {
      new provider.Volume("raw", { name });
      await Promise.resolve();
    };
    const program =
      (opts: pulumi.ComponentResourceOptions, adopt = false) =>
      async () => {
        web(new Volume("data", { name, protect: false, adopt }, opts));
        await Promise.resolve();
      };
    await stack.up(raw);
    docker(
      "run",
      "--rm",
      "-v",
      `${name}:/data`,
      "debian:bookworm-slim",
      "sh",
      "-c",
      "echo precious > /data/rows",
    );
    for (const adopt of [false, true]) {
      stack.printed = "";
      await expect(stack.up(program({}, adopt))).rejects.toThrow();
      expect(stack.printed).toContain(`{ aliases: ["${urn}"] }`);
      expect(exists(name, "volume")).toBe(true);
    }
    await stack.up(program({ aliases: [urn] }));
    expect(rows(stack)).toBe("precious\nrow");
    expect(await stack.preview(program({}))).toEqual({});
    await stack.destroy();
    expect(exists(name, "volume")).toBe(true);
    docker("volume", "rm", name);
  });
});
