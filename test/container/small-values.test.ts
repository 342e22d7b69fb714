/** Values of a few lines: restart policy, labels, logging, registry address. */

import { labels } from "../../components/deployment/look/given-labels";
import { labelInputs, ownershipLabels } from "../../components/deployment/look/labels";
import { defaultLogging, logging, loggingInputs } from "../../components/container/logging";
import { registryAddress, registryUrl, repositoryPath, tagName } from "../../components/registry/address";
import {
  defaultRestart,
  restartInputs,
  type RestartPolicy,
  restartPolicy,
} from "../../components/container/restart";

describe("restart", () => {
  test.each<[RestartPolicy, object]>([
    ["no", { restart: "no" }],
    ["always", { restart: "always" }],
    ["on-failure", { restart: "on-failure" }],
    [defaultRestart, { restart: "unless-stopped" }],
    [{ onFailure: 1 }, { restart: "on-failure", maxRetryCount: 1 }],
  ])("%j", (policy, inputs) => {
    expect(restartPolicy.safeParse(policy).success).toBe(true);
    expect(restartInputs(policy)).toEqual(inputs);
  });
});

describe("labels", () => {
  test("come in one order, whatever order the program has", () => {
    expect(labelInputs({ b: "2", a: "1", "a.b": "" })).toEqual([
      { label: "a", value: "1" },
      { label: "a.b", value: "" },
      { label: "b", value: "2" },
    ]);
  });

  test.each(["com.example.team", "com.docker.composer.x", "io.dockwrighter"])("%s is free", (name) => {
    expect(labels.safeParse({ [name]: "x" }).success).toBe(true);
  });

  test.each(["com.docker.compose.project", "io.dockwright.name", ""])("%j is reserved", (name) => {
    expect(labels.safeParse({ [name]: "x" }).success).toBe(false);
  });

  test("our own say whose an object is", () => {
    expect(ownershipLabels({ project: "Shop", stack: "dev", scope: "shop-dev" }, "volume", "data")).toEqual({
      "io.dockwright.kind": "volume",
      "io.dockwright.name": "data",
      "io.dockwright.project": "Shop",
      "io.dockwright.stack": "dev",
    });
  });
});

describe("logging", () => {
  test("cannot fill the disk by default", () => {
    expect(loggingInputs(defaultLogging)).toEqual({
      logDriver: "json-file",
      logOpts: { "max-file": "3", "max-size": "10m" },
    });
  });

  test("takes a driver without options", () => {
    expect(logging.safeParse({ driver: "none" }).success).toBe(true);
    expect(loggingInputs({ driver: "none" })).toEqual({ logDriver: "none" });
    expect(loggingInputs({ driver: "none", options: {} })).toEqual({ logDriver: "none" });
  });
});

describe("registry address", () => {
  test.each([
    ["registry.example.com", "https://registry.example.com"],
    ["registry.example.com:5000", "https://registry.example.com:5000"],
    ["localhost", "http://localhost"],
    ["localhost:5000", "http://localhost:5000"],
    ["127.0.0.1:5000", "http://127.0.0.1:5000"],
    ["127.1.2.3", "http://127.1.2.3"],
    ["localhost.example.com", "https://localhost.example.com"],
    ["127.0.0.1.example.com", "https://127.0.0.1.example.com"],
  ])("%s is spoken to by %s", (address, url) => {
    expect(registryAddress.safeParse(address).success).toBe(true);
    expect(registryUrl(address)).toBe(url);
  });

  test.each(["", "registry", "https://r.io", "r.io/team", "r.io:", "r.io:65536", "r..io", "user@r.io"])(
    "%j is none",
    (address) => {
      expect(registryAddress.safeParse(address).success).toBe(false);
    },
  );

  test.each(["ada:hunter2@r.io", "https://ada:hunter2@r.io/v2/", "https://hunter2@r.io"])(
    "P8 %j is refused without its password",
    (address) => {
      const message = registryAddress.safeParse(address).error?.issues[0]?.message ?? "";
      expect(message).toContain("[secret]@r.io");
      expect(message).not.toContain("hunter2");
    },
  );

  test.each(["app", "team/app", "a.b-c_d/e__f"])("%s is a path", (path) => {
    expect(repositoryPath.safeParse(path).success).toBe(true);
  });

  test.each(["", "Team/app", "/app", "app/", "team//app", "app:1", "-app"])(
    "%j is not a valid path",
    (path) => {
      expect(repositoryPath.safeParse(path).success).toBe(false);
    },
  );

  test.each(["latest", "1.4.0", "_x", "a".repeat(128)])("%s is a tag", (tag) => {
    expect(tagName.safeParse(tag).success).toBe(true);
  });

  test.each(["", ".1", "-1", "a b", "a".repeat(129)])("%j is not a valid tag", (tag) => {
    expect(tagName.safeParse(tag).success).toBe(false);
  });
});
