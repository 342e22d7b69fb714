/** P1 and P2 of images, on a real Engine: an unchanged context never rebuilds, a changed byte always does, and the preview shows all of it. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Container, Dockerfile, Image, type BuildArgs } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";

jest.setTimeout(600_000);

const sleep = ["sh", "-c", "trap exit TERM; while :; do sleep 0.2; done"];

describe("an image built from a context", () => {
  const deployment = new Deployment("images");
  const context = fs.mkdtempSync(path.join(os.tmpdir(), "dw-context-"));
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(context, file)), { recursive: true });
    fs.writeFileSync(path.join(context, file), text);
  };
  const program = (build: BuildArgs, keepBuilds?: number) => async () => {
    const image = new Image("app", { build, ...(keepBuilds !== undefined && { keepBuilds }) });
    const other = new Image("base", { reference: "debian:bookworm-slim" });
    new Container("user", { image, command: sleep, monitorSeconds: 0 });
    new Container("bystander", { image: other, command: sleep, monitorSeconds: 0 });
    await Promise.resolve();
    return { name: image.imageName, id: image.imageId };
  };
  const build: BuildArgs = {
    context,
    args: { COLOUR: "blue" },
    target: "app",
    labels: { "org.example.team": "blue" },
  };
  const readFile = (file: string): string => docker("exec", "dw-test-images-user", "cat", file);
  const images = (): string[] =>
    docker("image", "ls", "--format", "{{.Tag}}", "dw-test-images/app").split("\n").filter(Boolean);
  const replaced = { "Container user": "replace", "RemoteImage app": "replace" };

  beforeAll(async () => {
    write(
      "Dockerfile",
      [
        "FROM debian:bookworm-slim AS app",
        "ARG COLOUR",
        "RUN echo $COLOUR > /colour",
        "COPY . /src/",
        "FROM app AS late",
        "RUN echo late > /stage",
        "",
      ].join("\n"),
    );
    write("kept.txt", "one");
    write("ignored/log.txt", "noise");
    write(".dockerignore", "ignored\n");
    await deployment.up(program(build));
  });
  afterAll(async () => {
    await deployment.cleanUp();
    fs.rmSync(context, { recursive: true });
  });

  it("P1 is not rebuilt when nothing changed, also after a refresh", async () => {
    const before = inspect("dw-test-images-user").Id;
    fs.utimesSync(path.join(context, "kept.txt"), new Date(), new Date());
    expect(await deployment.preview(program(build))).toEqual({});
    expect((await deployment.up(program(build), { refresh: true })).steps).toEqual({});
    expect(inspect("dw-test-images-user").Id).toBe(before);
  });

  it("is not rebuilt for a file that .dockerignore keeps out, which is not in the image either", async () => {
    write("ignored/log.txt", "other noise");
    expect(await deployment.preview(program(build))).toEqual({});
    expect(readFile("/src/kept.txt")).toBe("one");
    expect(() => readFile("/src/ignored/log.txt")).toThrow();
  });

  it("P2 is rebuilt for one changed byte, together with the containers that use it and no other", async () => {
    const bystander = inspect("dw-test-images-bystander");
    write("kept.txt", "two");
    expect(await deployment.preview(program(build))).toEqual(replaced);
    await deployment.up(program(build));
    expect(readFile("/src/kept.txt")).toBe("two");
    expect(inspect("dw-test-images-bystander").State.StartedAt).toBe(bystander.State.StartedAt);
    expect(await deployment.preview(program(build), { refresh: true })).toEqual({});
  });

  it("keeps the build before for a roll-back, under another tag, and nothing without a name", () => {
    expect(
      images()
        .map((tag) => tag.replace(/[0-9a-f]{12}/, "hash"))
        .sort(),
    ).toEqual(["hash", "kept-hash"]);
    expect(
      docker("image", "ls", "-q", "--filter", "dangling=true", "--filter", "label=org.example.team=blue"),
    ).toBe("");
  });

  it("rolls back to the previous build without building it, and forward again", async () => {
    const [now, former] = [...images()].sort();
    const built = (tag: string | undefined) =>
      inspect<{ Id: string }>(`dw-test-images/app:${tag ?? ""}`, "image").Id;
    const [idNow, idFormer] = [built(now), built(former)];
    write("kept.txt", "one");
    await deployment.up(program(build));
    expect(inspect("dw-test-images-user").Image).toBe(idFormer);
    expect(readFile("/src/kept.txt")).toBe("one");
    expect((await deployment.up(program(build), { refresh: true })).steps).toEqual({});
    write("kept.txt", "two");
    await deployment.up(program(build));
    expect(inspect("dw-test-images-user").Image).toBe(idNow);
    expect(images()).toHaveLength(2);
  });

  it("keeps at most the requested number of builds", async () => {
    for (const word of ["three", "four"]) {
      write("kept.txt", word);
      await deployment.up(program(build, 1));
    }
    expect(images().filter((tag) => tag.startsWith("kept-"))).toHaveLength(1);
    write("kept.txt", "two");
    await deployment.up(program(build, 0));
    expect(images()).toHaveLength(1);
  });

  it("gets its manually removed name back", async () => {
    const [tag] = images();
    docker("tag", `dw-test-images/app:${tag ?? ""}`, "dw-test-images/other:1");
    docker("image", "rm", `dw-test-images/app:${tag ?? ""}`);
    expect(await deployment.preview(program(build, 0))).toEqual({});
    expect(deployment.printed).toContain("was removed manually; an up restores its name");
    expect((await deployment.up(program(build, 0))).steps).toEqual({});
    expect(images()).toEqual([tag]);
    docker("image", "rm", "dw-test-images/other:1");
  });

  it("is rebuilt with the new value of a build argument", async () => {
    const red = { ...build, args: { COLOUR: "red" } };
    expect(await deployment.preview(program(red))).toEqual(replaced);
    await deployment.up(program(red));
    expect(readFile("/colour")).toBe("red");
  });

  it("is rebuilt with another target and other labels", async () => {
    const late: BuildArgs = { ...build, target: "late", labels: { "org.example.team": "red" } };
    expect(await deployment.preview(program(late))).toEqual(replaced);
    const { outputs } = await deployment.up(program(late));
    expect(readFile("/stage")).toBe("late");
    const { Config } = inspect<{ Config: { Labels: Record<string, string> } }>(
      String(outputs["name"]?.value),
      "image",
    );
    expect(Config.Labels).toMatchObject({ "org.example.team": "red" });
  });

  it("can come from a typed Dockerfile instead, whose text counts like a file", async () => {
    const typed = (word: string): BuildArgs => ({
      context,
      dockerfile: Dockerfile.from("debian:bookworm-slim")
        .copy(".", "/typed/")
        .run(["sh", "-c", `echo ${word} > /word`]),
    });
    expect(await deployment.preview(program(typed("hello")))).toEqual(replaced);
    await deployment.up(program(typed("hello")));
    expect([readFile("/word"), readFile("/typed/kept.txt")]).toEqual(["hello", "two"]);
    const copied = docker("exec", "dw-test-images-user", "ls", "-A", "/typed").split("\n");
    expect(copied.sort()).toEqual(["Dockerfile", "kept.txt"]);
    expect(await deployment.preview(program(typed("hello")), { refresh: true })).toEqual({});
    expect(await deployment.preview(program(typed("bye")))).toEqual(replaced);
    await deployment.up(program(typed("bye")));
    expect(readFile("/word")).toBe("bye");
  });

  it("fails with the error of the builder, and the previous container still runs", async () => {
    const before = inspect("dw-test-images-user");
    const broken: BuildArgs = {
      context,
      dockerfile: Dockerfile.from("debian:bookworm-slim").run("echo stop here; exit 7"),
    };
    await expect(deployment.up(program(broken))).rejects.toThrow(/exit.*7|returned a non-zero code: 7/);
    await expect(deployment.up(program(broken))).rejects.toThrow(/exit.*7|returned a non-zero code: 7/);
    expect(inspect("dw-test-images-user").State.StartedAt).toBe(before.State.StartedAt);
  });

  it("stays when the stack is destroyed, like a pulled image: Pulumi never removes a build", async () => {
    const before = images();
    await deployment.destroy();
    expect(images()).toEqual(before);
    expect(exists("debian:bookworm-slim", "image")).toBe(true);
  });
});
