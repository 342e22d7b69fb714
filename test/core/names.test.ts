import * as pulumi from "@pulumi/pulumi";
import { claims, nameFaults } from "../../components/core/claims";
import { isLater, whenKnown } from "../../components/core/later";
import { currentOwner, hostName, objectName } from "../../components/core/names";
import { run } from "../../components/testing";

test.each([
  ["shop", "dev", "shop-dev"],
  ["Shop", "Prod", "shop-prod"],
  ["my.shop", "dev", "my-shop-dev"],
  ["_shop", "dev", "shop-dev"],
  ["-_shop", "dev_1", "shop-dev_1"],
])("project %s and stack %s are the Compose project %s", async (project, stack, scope) => {
  const { result } = await run(() => currentOwner(), { project, stack });
  expect(result).toEqual({ project, stack, scope });
});

test.each([
  ["web", "shop-dev-web"],
  ["web-1", "shop-dev-web-1"],
  ["my web/1", "shop-dev-my-web-1"],
])("%s is %s on the host", (name, onHost) => {
  const owner = { project: "shop", stack: "dev", scope: "shop-dev" };
  expect(hostName(owner, name)).toBe(onHost);
  expect(objectName.safeParse(hostName(owner, name)).success).toBe(true);
});

test.each(["ab", "a1", "a_b.c-d", "A".repeat(200)])("%s is a name for Docker", (name) => {
  expect(objectName.safeParse(name).success).toBe(true);
});

test.each(["", "a", "-ab", ".ab", "a b", "a/b", "A".repeat(201)])("%j is none", (name) => {
  expect(objectName.safeParse(name).success).toBe(false);
});

test("claims last as long as one program, and kinds are apart", async () => {
  const claim = () => {
    claims<string>("port").push("80");
    return [claims<string>("port").length, claims<string>("name").length];
  };
  expect((await run(claim)).result).toEqual([1, 0]);
  expect((await run(claim)).result).toEqual([1, 0]);
});

test("a name is taken once", () => {
  const taken = [{ name: "first", hostName: "shop-web" }];
  expect(nameFaults("container", { name: "second", hostName: "shop-api" }, taken)).toEqual([]);
  expect(nameFaults("container", { name: "second", hostName: "shop-web" }, taken)).toEqual([
    {
      path: "name",
      text: 'must be unique on the host, got "shop-web", which container "first" already uses',
    },
  ]);
});

test("what is known is translated now, what is not is translated later", async () => {
  expect(whenKnown(2, (value) => value * 2)).toBe(4);
  const later = whenKnown(Promise.resolve(2), (value) => value * 2);
  expect(isLater(later)).toBe(true);
  expect(await (later as unknown as { promise(): Promise<unknown> }).promise()).toBe(4);
  expect(isLater(pulumi.output(1))).toBe(true);
  expect(isLater({ then: 1 })).toBe(false);
});
