/** What the README shows of an error is what a user sees. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { run } from "../../components/testing";
import { web } from "./refusals/refusal";

test("the README quotes the real message", async () => {
  const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8").replace(/^ {2}/gm, "");
  const { error } = await run(web({ ports: [{ container: 0 }], memoryMiB: 4 }));

  expect(error?.message).toContain("2 invalid arguments");
  expect(readme).toContain(error?.message);
});
