"use strict";

// The official installer, as the Automation API runs it: install-pulumi.js ROOT VERSION.
const { SemVer } = require("semver");
const { PulumiCommand } = require("@pulumi/pulumi/automation");

const [root, version] = process.argv.slice(2);
PulumiCommand.install({ root, version: new SemVer(version) }).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
