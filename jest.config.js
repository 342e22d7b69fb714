"use strict";

/** Two projects: `fast` needs only Node, `engine` needs a Docker Engine and the Pulumi CLI (tools/bootstrap brings both). */
const common = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.dockwright/"],
};

module.exports = {
  projects: [
    {
      ...common,
      displayName: "fast",
      testMatch: ["<rootDir>/test/{internal,values,components,contract,stacks,tools,types}/**/*.test.ts"],
    },
    {
      ...common,
      displayName: "engine",
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      globalSetup: "<rootDir>/test/engine/support/global-setup.ts",
    },
  ],
};
