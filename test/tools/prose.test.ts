/** The prose check: what it refuses, where it says that this is, and what it leaves alone. */

import { findPhrases } from "../../tools/prose/find";

test.each([
  ["a text", 'throw new Error("the cluster cannot be had");', 1, "cannot be had", "failed"],
  ["a comment", "const a = 1;\n/** What stands on the host. */", 2, "What stands", "exists"],
  ["a phrase over two lines of a comment", "/**\n * It is\n * told once.\n */", 2, "is told", "reported"],
  ["a phrase over two lines of a script", "# it goes on where\n# it stopped", 1, "goes on where", "recover"],
  ["a paragraph", "# Title\n\nThe gateway leads\nto the service.", 3, "leads to", "route"],
])("%s is found with its line and a remedy", (_, text, line, phrase, instead) => {
  expect(findPhrases(text)).toContainEqual(
    expect.objectContaining({ line, phrase, instead: expect.stringContaining(instead) as string }),
  );
});

test.each([
  "/** Waits until the container stays healthy. */",
  "there is no file at this path, and no more than 3 containers are running",
  "replicated-anew-name", // a part of a name
  "export const told = output;",
])("%s is left alone", (text) => {
  expect(findPhrases(text)).toEqual([]);
});
