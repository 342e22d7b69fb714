import { Volume, type VolumeArgs } from "../../components";
import { run, type RunOptions, valueOf } from "../../components/testing";

const labels = (stack: string) => [
  { label: "com.docker.compose.project", value: `shop-${stack}` },
  { label: "com.docker.compose.volume", value: "data" },
  { label: "io.dockwright.kind", value: "volume" },
  { label: "io.dockwright.name", value: "data" },
  { label: "io.dockwright.project", value: "shop" },
  { label: "io.dockwright.stack", value: stack },
];

const made = (args: VolumeArgs = {}, options?: RunOptions) => run(() => new Volume("data", args), options);

test("has one child, named as itself, that nothing replaces and a destroy leaves behind", async () => {
  const { children, result } = await made();

  expect(children).toEqual([
    {
      type: "docker:index/volume:Volume",
      name: "data",
      parent: "Volume data",
      provider: "",
      inputs: { name: "shop-test-data", driver: "local", labels: labels("test") },
      options: {
        deleteBeforeReplace: true,
        ignoreChanges: ["labels", "driver", "driverOpts"],
        retainOnDelete: true,
        protect: true,
      },
    },
  ]);
  expect(await valueOf((result as Volume).volumeName)).toBe("shop-test-data");
});

test("arguments become exactly these inputs", async () => {
  const args = { name: "my-data", driver: "nfs", driverOptions: { share: "a" }, labels: { team: "blue" } };
  expect((await made(args)).children[0]?.inputs).toEqual({
    name: "my-data",
    driver: "nfs",
    driverOpts: { share: "a" },
    labels: [...labels("test"), { label: "team", value: "blue" }],
  });
});

/** Protection is lifted by a stack named dev, or by words that contain the loss. */
test.each<[string, string, VolumeArgs, { protect?: true; retainOnDelete?: true }]>([
  ["is protected", "prod", {}, { protect: true, retainOnDelete: true }],
  ["is not protected in dev, yet kept", "dev", {}, { retainOnDelete: true }],
  ["can be protected in dev", "dev", { protect: true }, { protect: true, retainOnDelete: true }],
  ["can be unprotected, yet kept", "prod", { protect: false }, { retainOnDelete: true }],
  ["can be lost in these words", "prod", { whenDestroyed: "lose-data" }, {}],
  ["is kept in these words", "prod", { whenDestroyed: "keep-data" }, { protect: true, retainOnDelete: true }],
  [
    "can be lost, but not by accident",
    "prod",
    { whenDestroyed: "lose-data", protect: true },
    { protect: true },
  ],
])("%s", async (_, stack, args, expected) => {
  const { children } = await made(args, { stack });
  const { protect, retainOnDelete } = children[0]?.options ?? {};
  expect({ protect, retainOnDelete }).toEqual({ protect: undefined, retainOnDelete: undefined, ...expected });
});

test("its name is known in a preview, so that nothing is replaced for it", async () => {
  const { result } = await made({}, { preview: true });
  expect(await valueOf((result as Volume).volumeName)).toBe("shop-test-data");
});
