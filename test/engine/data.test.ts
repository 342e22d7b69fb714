/** P5, P6: what holds data, and what a deployment is made of, when the host is not as the state has it. */

import { Container, Dockerfile, Image } from "../../components";
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

  it("of a build that was removed by hand is built again by a plain up, which the preview says", async () => {
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
    expect(stack.printed).toContain("was removed by hand; an up builds it again");
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

  it("that serves again after a broken version is there: deploy, revert, deploy", async () => {
    const stack = made("data-revert");
    const web = `${stack.scope}-web`;
    await stack.up(built("good"));
    for (const _ of [1, 2]) await expect(stack.up(built("broken", false))).rejects.toThrow();
    await stack.up(built("good"));
    expect(docker("exec", web, "cat", "/text")).toBe("good");
    await stack.up(built("better"));
    expect(docker("exec", web, "cat", "/text")).toBe("better");
    expect(await stack.preview(built("better"))).toEqual({});
    expect(stack.printed).not.toContain("undefined");
  });
});
