/** A context and its `.dockerignore`: what the differential test builds with Docker and hashes with dockwright. */
export interface IgnoreCase {
  readonly name: string;
  readonly ignore: string | undefined;
  /** `a/` is an empty folder, `a -> b` a link, `a |` a named pipe, all else a file. */
  readonly tree: readonly string[];
  /** @defaultValue `Dockerfile` */
  readonly dockerfile?: string;
}

const CODE = [
  "README.md",
  "src/a.ts",
  "src/b.js",
  "src/deep/a.ts",
  "src/deep/deeper/c.ts",
  "docs/README.md",
  "docs/x.md",
  "empty/",
];
const MODULES = [
  "index.js",
  "node_modules/a/index.js",
  "node_modules/a/keep.txt",
  "lib/node_modules/b/index.js",
  "lib/x.js",
];
const ODD = [
  "a.b",
  "axb",
  "a+b",
  "(x)",
  "[y]",
  "{z}",
  "a$b",
  "a^b",
  "a b",
  "#hash",
  "!bang",
  "back\\slash",
  "é",
  "😀",
  "*star",
  "A.B",
];

const on = (
  tree: readonly string[],
  ...cases: readonly [name: string, ignore: string | undefined][]
): IgnoreCase[] => cases.map(([name, ignore]) => ({ name, ignore, tree }));

export const IGNORE_CASES: readonly IgnoreCase[] = [
  ...on(
    CODE,
    ["no ignore file", undefined],
    ["an empty ignore file", ""],
    ["comments and blank lines", "# README.md\n\n   \n#src\n"],
    ["an indented # is no comment", " #src\nsrc"],
    ["a name at the top only", "README.md"],
    ["a name anywhere", "**/README.md"],
    ["a folder", "src"],
    ["a folder with a trailing slash", "src/"],
    ["a leading slash", "/src/deep"],
    ["a leading ./", "./src/deep"],
    [".. inside a pattern", "docs/../src"],
    ["a pattern above the context", "../src"],
    ["a star does not cross folders", "*/a.ts"],
    ["a star by suffix", "src/*.ts"],
    ["two stars by suffix", "src/**/*.ts"],
    ["two stars at the end", "src/**"],
    ["two stars at the end of a name", "src**"],
    ["two stars alone", "**"],
    ["a star alone", "*"],
    ["two stars before a name part", "**.ts"],
    ["two stars in the middle", "src/**/c.ts"],
    ["a question mark", "src/?.ts"],
    ["everything but one file", "*\n!src/a.ts"],
    ["everything but one folder", "*\n!src"],
    ["everything but one suffix, which a folder hides", "*\n!**/*.ts"],
    ["a folder but one below it", "src\n!src/deep"],
    ["and out again", "src\n!src/deep\nsrc/deep/deeper"],
    ["the last match wins", "!README.md\nREADME.md"],
    ["all files of a folder but one pattern", "src/*\n!src/*.js"],
    ["a blank after the exclamation mark", "*\n! README.md"],
    ["a slash after the exclamation mark", "*\n!/docs"],
    ["blanks around and carriage returns", "  README.md \r\n\tsrc/deep\t\r\n"],
    ["a byte order mark", "\ufeffREADME.md\n"],
    ["an empty folder", "empty"],
    ["all that begins with a dot or a capital", ".*\n[A-Z]*"],
    ["the root", "."],
    ["a double slash", "src//deep"],
  ),
  ...on(
    MODULES,
    ["modules anywhere", "**/node_modules"],
    ["modules at the top", "node_modules"],
    ["modules but one package", "node_modules\n!node_modules/a/keep.txt"],
    ["modules but a pattern with a wildcard folder", "node_modules\n!node_modules/*/keep.txt"],
    ["modules with a suffix pattern brought back", "**/node_modules\n!**/keep.txt"],
    ["the files of modules, not the folder", "node_modules/**"],
    ["two stars with a later star", "**/node_modules/*/index*"],
    ["ignored by a folder, brought back by its parent", "lib/node_modules\n!lib"],
  ),
  ...on(
    ODD,
    ["a dot is a dot", "a.b"],
    ["a plus is a plus", "a+*"],
    ["brackets that are regular expressions elsewhere", "(x)\n{z}"],
    ["a dollar", "a$*"],
    ["a caret", "a^b"],
    ["an escaped bracket", "\\[y\\]"],
    ["a class", "a[.x]b"],
    ["a negated class", "a[^.]b"],
    ["a range", "a[a-z]b"],
    ["an escaped star", "\\*star"],
    ["an escaped hash and exclamation mark", "\\#hash\n\\!bang"],
    ["an escaped backslash", "back\\\\slash"],
    ["a name with a blank", "a b"],
    ["letters beyond ASCII", "é\n?"],
    ["case matters", "a.B"],
    ["a class with a star in it", "[*]*"],
  ),
  ...on(
    ["a -> b", "b", "dir -> real", "real/x", "dangling -> nowhere", "pipe |"],
    ["links are sent, not followed", undefined],
    ["a link by name", "dir"],
    ["below a link", "dir/x\nreal"],
    ["a named pipe by name", "pipe"],
  ),
  {
    name: "the Dockerfile and the ignore file themselves",
    ignore: "Dockerfile\n.dockerignore\nREADME.md",
    tree: CODE,
  },
  { name: "nothing but what the builder needs", ignore: "**", tree: CODE },
  {
    name: "a Dockerfile in an ignored folder",
    ignore: "docker",
    tree: ["docker/other", "x"],
    dockerfile: "docker/Dockerfile",
  },
  {
    name: "an ignored Dockerfile of another name",
    ignore: "*\n!x",
    tree: ["x", "y", "Dockerfile"],
    dockerfile: "prod.Dockerfile",
  },
];
