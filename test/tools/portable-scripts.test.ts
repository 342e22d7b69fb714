/** The scripts run on macOS too, whose bash is 3.2 and whose commands are BSD's. */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

const scripts = [
  ...["bootstrap", "env", "run-tests", "stack", "lib/make-base-image"].map((name) => `tools/${name}`),
  ...readdirSync(join(root, "tools/lib"))
    .filter((name) => name.endsWith(".sh"))
    .map((name) => `tools/lib/${name}`),
];

/** What bash learnt after 3.2, and options that only GNU's commands know. */
const newer: Readonly<Record<string, RegExp>> = {
  "mapfile and readarray": /\b(mapfile|readarray)\b/,
  "associative arrays, name references, integers of a case": /\b(declare|local|typeset) -[a-zA-Z]*[AnlugG]/,
  "changes of case and transformations": /\$\{[A-Za-z_][A-Za-z0-9_]*(\[[^\]]*\])?(,|\^|@[A-Z])/,
  "both outputs at once": /&>>|\|&/,
  coprocesses: /\bcoproc\b/,
  "wait for any": /\bwait -[npf]/,
  "negative indices": /\[-\d+\]\}/,
  "tests of a variable": /\[\[? -[vR] /,
  "dates of printf": /printf[^\n]*%\([^)]*\)T/,
  "variables of later versions": /\b(BASHPID|EPOCHSECONDS|EPOCHREALTIME|SRANDOM)\b/,
  "options of GNU":
    /\b(sed -i|readlink -f|stat -c|date -d|grep -[a-zA-Z]*P|sort -V|base64 -w|xargs -r|cp -t)\b/,
  "commands that macOS lacks": /(^|[\s(;|&])(timeout|sha256sum|nproc|tac|realpath|setsid|flock)\s/m,
};

/** Lines that only run where the command is there. */
const guarded: readonly RegExp[] = [
  /^if command -v flock [^\n]*\n[^\n]*\n *flock -n 9 .*$/gm,
  // Where the Engine is installed, which is done on Linux alone.
  /^ *setsid dockerd .*$/gm,
];

const code = (script: string): string =>
  guarded.reduce(
    (text, line) => text.replace(line, ""),
    readFileSync(join(root, script), "utf8").replace(/^\s*#.*$/gm, ""),
  );

test.each(scripts)("%s uses nothing that macOS lacks", (script) => {
  const text = code(script);
  const found = Object.entries(newer).flatMap(([what, pattern]) => {
    const match = pattern.exec(text);
    return match === null ? [] : [`${what}: ${match[0].trim()}`];
  });
  expect(found).toEqual([]);
});

test.each([
  "declare -A seen",
  "echo ${name,,}",
  "make &>> log",
  "wait -n",
  "mapfile -t lines < file",
  "sed -i s/a/b/ file",
])("it would find: %s", (line) => {
  expect(Object.values(newer).some((pattern) => pattern.test(line))).toBe(true);
});
