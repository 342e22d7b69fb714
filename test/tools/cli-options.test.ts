/** The options of Pulumi as the command reads them: which of them an approval binds. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { boundOptions } from "../../components/cli/approved";
import { readOptions, valueOf } from "../../components/cli/pulumi/options";

describe("P9 an approval binds every option that changes what an up does", () => {
  test.each([
    [["--target-replace", "urn:x"]],
    [["--replace=urn:x", "--target", "urn:y", "--target-dependents"]],
    [["--refresh"]],
    [["-r=true", "--run-program"]],
    [["-c", "a=b", "--config-path", "--config-file=f"]],
    [["--exclude", "urn:x", "--exclude-dependents"]],
    [["--ignore-protect", "-p4", "--policy-pack", "pack"]],
  ])("%j goes to the preview as well", (words) => {
    expect(boundOptions(words)).toEqual({ forPreview: words, refused: [] });
  });

  test("what only shows or confirms does not", () => {
    const words = [
      "--yes",
      "-fy",
      "--skip-preview",
      "-s",
      "prod",
      "-Cthere",
      "--color",
      "never",
      "-m",
      "why",
    ];
    expect(boundOptions(words)).toEqual({ forPreview: [], refused: [] });
  });

  test("combined short options are separated", () => {
    expect(boundOptions(["-yrf", "-dca=b"])).toEqual({ forPreview: ["-r", "-ca=b"], refused: [] });
  });

  test.each([
    [
      ["--plan", "file"],
      ["--plan", "file"],
    ],
    [["--continue-on-error"], ["--continue-on-error"]],
    [["--brand-new=x", "--yes"], ["--brand-new"]],
    [["-yZ"], ["-Z"]],
    [["https://example.com/template"], ["https://example.com/template"]],
    [
      ["--", "--yes"],
      ["--", "--yes"],
    ],
  ])("%j is refused by name", (words, refused) => {
    expect(boundOptions(words).refused).toEqual(refused);
  });

  test("a value is never taken for an option", () => {
    expect(boundOptions(["-m", "--target", "--config", "-y"])).toEqual({
      forPreview: ["--config", "-y"],
      refused: [],
    });
  });

  // What the pinned Pulumi has and this table does not is refused with an approval, and no preview is asked to take what it lacks.
  test("the table is that of the pinned Pulumi", () => {
    const root = join(__dirname, "../..");
    const help = (verb: string): string => {
      const { stdout } = spawnSync(join(root, "tools/env"), ["pulumi", verb, "--help"], { encoding: "utf8" });
      return stdout;
    };
    const names = (text: string): string[] =>
      [...text.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, name]) => name ?? "");
    const [up, preview] = [names(help("up")), names(help("preview"))];
    if (up.length === 0) return; // no Pulumi on this machine
    const effect = (name: string) => readOptions([name])[0]?.effect;
    expect(up.filter((name) => effect(name) === undefined)).toEqual([
      "--attach-debugger",
      "--continue-on-error",
      "--secrets-provider",
      "--disable-integrity-checking",
    ]);
    expect(up.filter((name) => effect(name) === "plan" && !preview.includes(name))).toEqual([]);
  });
});

test.each([
  [["--stack", "prod", "--yes"], "prod"],
  [["-ys", "prod"], "prod"],
  [["-sprod"], "prod"],
  [["--stack=a", "-s=b"], "b"],
  [["-m", "-s", "--yes"], undefined],
])("%j is about stack %s", (words, stack) => {
  expect(valueOf("--stack", readOptions(words))).toBe(stack);
});
