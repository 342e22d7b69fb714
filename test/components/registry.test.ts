import * as pulumi from "@pulumi/pulumi";
import { Image, Registry, RegistryPush } from "../../components";
import { run, valueOf } from "../../components/testing";

const login = { username: "ada", password: "hunter2" };

test("a registry is a provider with a login that is always secret", async () => {
  const { children } = await run(() => new Registry("team", { address: "r.example.com:5000", ...login }));

  expect(children).toEqual([
    {
      type: "pulumi:providers:docker",
      name: "team",
      parent: "Registry team",
      provider: "",
      inputs: {
        registryAuth: {
          secret: '[{"address":"https://r.example.com:5000","username":"ada","password":"hunter2"}]',
        },
      },
      options: {},
    },
  ]);
});

test("a login that is known late passes", async () => {
  const { children } = await run(
    () =>
      new Registry("team", {
        address: "127.0.0.1:5000",
        username: pulumi.output("ada"),
        password: pulumi.secret("hunter2"),
      }),
  );
  expect(children[0]?.inputs).toEqual({
    registryAuth: { secret: '[{"address":"http://127.0.0.1:5000","username":"ada","password":"hunter2"}]' },
  });
});

test("a push tags the image, and pushes what it tagged with the login", async () => {
  const { children, result, error } = await run(() => {
    const image = new Image("app", { reference: "nginx:1.27" });
    const registry = new Registry("team", { address: "127.0.0.1:5000", ...login });
    return new RegistryPush("push", { image, registry, repository: "team/app", tag: "1.4.0" });
  });

  expect(error).toBeUndefined();
  expect(children.filter(({ parent }) => parent === "RegistryPush push")).toEqual([
    {
      type: "docker:index/tag:Tag",
      name: "push-tag",
      parent: "RegistryPush push",
      provider: "",
      inputs: { sourceImage: "sha256:app", targetImage: "127.0.0.1:5000/team/app:1.4.0" },
      options: { deleteBeforeReplace: true, dependsOn: ["RemoteImage app"] },
    },
    {
      type: "docker:index/remoteImage:RemoteImage",
      name: "push-local",
      parent: "RegistryPush push",
      provider: "docker team",
      inputs: { name: "127.0.0.1:5000/team/app:1.4.0", triggers: { image: "sha256:app" } },
      options: { deleteBeforeReplace: true, dependsOn: ["Tag push-tag", "RemoteImage app"] },
    },
    {
      type: "docker:index/registryImage:RegistryImage",
      name: "push",
      parent: "RegistryPush push",
      provider: "docker team",
      inputs: {
        name: "127.0.0.1:5000/team/app:1.4.0",
        keepRemotely: true,
        triggers: { image: "sha256:app" },
      },
      options: { dependsOn: ["RemoteImage push-local", "RemoteImage app"] },
    },
  ]);
  const { digest, reference } = result as RegistryPush;
  expect(await valueOf(digest)).toBe("push-id");
  expect(await valueOf(reference)).toBe("127.0.0.1:5000/team/app@push-id");
});

test("the tag of a push is latest where none is given", async () => {
  const { children } = await run(() => {
    const image = new Image("app", { reference: "nginx:1.27" });
    const registry = new Registry("team", { address: "127.0.0.1:5000", ...login });
    return new RegistryPush("push", { image, registry, repository: "team/app" });
  });
  expect(children.find(({ name }) => name === "push-tag")?.inputs.targetImage).toBe(
    "127.0.0.1:5000/team/app:latest",
  );
});
