"use strict";

// count-tests.js RESULTS STATUS - the last line of a test run, from jest's JSON results and exit status.
// A test file that cannot be loaded counts as one failure, as does a run that failed for any other reason or ran
// nothing. Exits 1 when the line reports a failure.
const { readFileSync } = require("node:fs");

function count(results, status) {
  const passed = results?.numPassedTests ?? 0;
  const failed = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  const unexplained = failed === 0 && (status !== 0 || passed === 0 || results?.success === false);
  return { passed, failed: unexplained ? 1 : failed };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

const [file, status] = process.argv.slice(2);
const { passed, failed } = count(read(file), Number(status));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
