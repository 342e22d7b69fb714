/** P5: named data is never lost by accident: not by a label, not by a rename, not by `destroy`. */

import { Container, Image, Volume, type VolumeArgs } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";

jest.setTimeout(300_000);

interface VolumeState {
  readonly CreatedAt: string;
  readonly Driver: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Options: Readonly<Record<string, string>> | null;
}

const stacks: Deployment[] = [];
const made = (name: string): Deployment => {
  const stack = new Deployment(name);
  stacks.push(stack);
  return stack;
};
const volumeOf = (name: string): VolumeState => inspect<VolumeState>(name, "volume");

/** A volume alone, as in most of these tests. */
const only = (args: VolumeArgs) => () => {
  new Volume("data", args);
  return Promise.resolve();
};

afterAll(async () => {
  for (const stack of stacks) await stack.cleanUp();
});

describe("P5 data in a Volume", () => {
  const stack = made("vol-data");
  const program =
    (marker: string, args: VolumeArgs = {}) =>
    async () => {
      const image = new Image("base", { reference: "debian:bookworm-slim" });
      const volume = new Volume("data", { protect: false, ...args });
      new Container("writer", {
        image,
        command: ["sh", "-c", `echo ${marker} >> /data/log; trap exit TERM; while :; do sleep 0.1; done`],
        mounts: [{ volume, path: "/data" }],
        stopGraceSeconds: 2,
      });
      await Promise.resolve();
    };
  const log = (): string => docker("exec", `${stack.scope}-writer`, "cat", "/data/log");
  const volume = `${stack.scope}-data`;

  it("outlives the replacement of its container", async () => {
    await stack.up(program("first"));
    const { Id } = inspect(`${stack.scope}-writer`);
    const { CreatedAt } = volumeOf(volume);
    await stack.up(program("second"));
    expect(inspect(`${stack.scope}-writer`).Id).not.toBe(Id);
    expect(volumeOf(volume).CreatedAt).toBe(CreatedAt);
    expect(log()).toBe("first\nsecond");
  });

  it("outlives destroy, and the next up reuses it", async () => {
    const { CreatedAt } = volumeOf(volume);
    await stack.destroy();
    expect(exists(`${stack.scope}-writer`)).toBe(false);
    expect(volumeOf(volume).CreatedAt).toBe(CreatedAt);
    await stack.up(program("third"));
    expect(volumeOf(volume).CreatedAt).toBe(CreatedAt);
    expect(log()).toBe("first\nsecond\nthird");
  });

  it("is not changed when the program changes labels or options of the volume", async () => {
    const before = volumeOf(volume);
    const changed = program("third", {
      labels: { team: "blue" },
      driver: "other",
      driverOptions: { type: "tmpfs", device: "tmpfs" },
    });
    expect(await stack.preview(changed, { refresh: true })).toEqual({});
    const { Id } = inspect(`${stack.scope}-writer`);
    expect((await stack.up(changed)).steps).toEqual({});
    expect(volumeOf(volume)).toEqual(before);
    expect(inspect(`${stack.scope}-writer`).Id).toBe(Id);
  });

  it("stays in the old volume when the program renames it, as the preview shows", async () => {
    const { CreatedAt } = volumeOf(volume);
    const renamed = program("fourth", { name: `${stack.scope}-renamed` });
    expect(await stack.preview(renamed)).toEqual({ "Volume data": "replace", "Container writer": "replace" });
    await stack.up(renamed);
    expect(log()).toBe("fourth");
    expect(volumeOf(volume).CreatedAt).toBe(CreatedAt);
  });
});

describe("P5 a Volume", () => {
  it('keeps its data on the host when it is removed from the program, except with "lose-data"', async () => {
    const stack = made("vol-gone");
    const [kept, lost] = [`${stack.scope}-data`, `${stack.scope}-cache`];
    await stack.up(() => {
      new Volume("data", { protect: false });
      new Volume("cache", { whenDestroyed: "lose-data" });
      return Promise.resolve();
    });
    const { CreatedAt } = volumeOf(kept);
    expect(exists(lost, "volume")).toBe(true);
    await stack.up(() => Promise.resolve());
    expect(volumeOf(kept).CreatedAt).toBe(CreatedAt);
    expect(exists(lost, "volume")).toBe(false);
  });

  it("cannot be destroyed, removed or renamed while it is protected", async () => {
    const stack = made("vol-kept");
    await stack.up(only({}));
    const { CreatedAt } = volumeOf(`${stack.scope}-data`);
    await expect(stack.destroy()).rejects.toThrow("protect");
    await expect(stack.preview(() => Promise.resolve())).rejects.toThrow("protect");
    await expect(stack.preview(only({ name: "dw-test-vol-kept-renamed" }))).rejects.toThrow("protect");
    expect(volumeOf(`${stack.scope}-data`).CreatedAt).toBe(CreatedAt);
    await stack.up(only({ protect: false }));
  });
});
