"use strict";

// count-tests.js RESULTS STATUS - the last lines of a test run, from jest's JSON results and exit status: one for each test that
// failed, and the count. The reports of the tests are far above by then.
// A test file that cannot be loaded counts as one failure, as does a run that failed for any other reason or ran
// nothing. Exits 1 when the line reports a failure.
const { readFileSync } = require("node:fs");
const { relative } = require("node:path");

function count(results, status) {
  const passed = results?.numPassedTests ?? 0;
  const failed = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  const unexplained = failed === 0 && (status !== 0 || passed === 0 || results?.success === false);
  return { passed, failed: unexplained ? 1 : failed };
}

function failures({ testResults = [] } = {}) {
  return testResults.flatMap(({ name, status, message = "", assertionResults = [] }) => {
    const failed = assertionResults.filter((each) => each.status === "failed");
    const lines = failed.map(
      ({ fullName, failureMessages = [] }) => `${fullName}: ${firstLine(failureMessages[0])}`,
    );
    const ofFile = status === "failed" && failed.length === 0 ? [firstLine(message)] : lines;
    return ofFile.map((line) => `failed: ${relative("", name)}: ${line}`);
  });
}

/** Without the colours of a terminal. */
function firstLine(text = "") {
  const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
  return (
    plain
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim()
      .slice(0, 200) ?? ""
  );
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

const [file, status] = process.argv.slice(2);
const results = read(file);
const { passed, failed } = count(results, Number(status));
for (const line of failures(results)) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
