/** Which comment belongs to what, in files that are laid over each other, extended or full of anchors. */

import { programOf } from "../../components/compose/program/program";
import { Remarks } from "../../components/compose/program/remarks";
import { judgeProject } from "../../components/compose/judge";
import { loadCompose } from "../../components/compose/load";

/** The program of some files, without the lines that hold no comment nor what stands below one. */
function remarked(files: Readonly<Record<string, string>>): string[] {
  const loaded = loadCompose({
    files: Object.keys(files),
    environment: {},
    workingDirectory: "/shop",
    read: (path) => files[path.replace("/shop/", "")],
  });
  const { plan, errors } = judgeProject(loaded);
  expect(errors).toEqual([]);
  const text = programOf(plan, { folder: "/shop", remarks: new Remarks(loaded.comments, loaded.model) });
  const lines = text.split("\n").map((line) => line.trim());
  const isRemark = (line = ""): boolean => line.startsWith("//");
  return lines.filter((line, index) => isRemark(line) || isRemark(lines[index - 1]));
}

test("of several files, the comment of the one that gives the value", () => {
  const base = "services:\n  # the shop\n  web:\n    # old\n    image: a\n    # stays\n    user: app\n";
  const over = "services:\n  web:\n    image: b # new\n";
  expect(remarked({ "a.yaml": base, "b.yaml": over })).toEqual([
    "// the shop",
    'new Container("web", {',
    "// new",
    "image: bImage,",
    "// stays",
    'user: "app",',
  ]);
});

test("what an anchor repeats is explained once", () => {
  const file =
    "x-all: &all\n  # as ever\n  user: app\nservices:\n  a: { <<: *all, image: i }\n  b: { <<: *all, image: i }\n";
  expect(remarked({ "a.yaml": file })).toEqual(["// as ever", 'user: "app",']);
});

test("of several keys on a line, the first has what is said there", () => {
  const file = "services:\n  a: { image: i, user: app } # for now\n";
  expect(remarked({ "a.yaml": file })).toEqual(["// for now", 'new Container("a", {']);
});

test("a line that only looks like a comment is none", () => {
  const file =
    "services:\n  a:\n    labels:\n      one: |\n        x\n        # text\n      two: 'a\n        # b'\n    image: i\n";
  expect(remarked({ "a.yaml": file })).toEqual([]);
});

test("no comment can end itself and become code", () => {
  const file = "services:\n  a:\n    # x\u2028process.exit(1)\n    image: i\n";
  expect(remarked({ "a.yaml": file })).toEqual(["// x process.exit(1)", "image: iImage,"]);
});
