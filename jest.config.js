"use strict";

/**
 * Five projects. `fast` needs only Node. `package` builds the library, packs it and uses it as a user would. `oracle` needs
 * the program Docker Compose but no Engine. `engine` and `e2e` need a Docker Engine and the Pulumi CLI (tools/bootstrap
 * installs all of them); `e2e` also builds what it needs, a browser among it, and is left out of `make test`.
 */
const common = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.dockwright/"],
};

const packageTest = "<rootDir>/test/contract/package.test.ts";

module.exports = {
  // The tests on an Engine mostly wait for it.
  maxWorkers: 2,
  projects: [
    {
      ...common,
      displayName: "fast",
      setupFiles: ["<rootDir>/test/support/cheap-traces.ts"],
      testMatch: ["<rootDir>/test/!(engine|e2e)/**/*.test.ts"],
      testPathIgnorePatterns: [packageTest, "<rootDir>/test/compose/oracle/"],
    },
    {
      ...common,
      displayName: "package",
      testMatch: [packageTest],
    },
    {
      ...common,
      displayName: "oracle",
      testMatch: ["<rootDir>/test/compose/oracle/*.test.ts"],
    },
    {
      ...common,
      displayName: "engine",
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      globalSetup: "<rootDir>/test/engine/support/global-setup.ts",
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      globalSetup: "<rootDir>/test/engine/support/global-setup.ts",
    },
  ],
};
