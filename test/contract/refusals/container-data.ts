/** Variables, secrets and files that would not reach a container. */

import * as pulumi from "@pulumi/pulumi";
import { type Refusal, web } from "./refusal";

const files = (given: unknown, rest = {}) => web({ files: given, ...rest });
const secret = "hunter2-hunter2";

export const dataRefusals: readonly Refusal[] = [
  [
    "a number as a variable",
    web({ environment: { PORT: 8080 } }),
    [
      'container "web" has 1 invalid argument',
      "  environment.PORT: must be text, got a number; write numbers and booleans in quotes",
    ],
  ],
  [
    "a boolean as a variable",
    web({ environment: { DEBUG: true } }),
    [
      'container "web" has 1 invalid argument',
      "  environment.DEBUG: must be text, got a boolean; write numbers and booleans in quotes",
    ],
  ],
  [
    "a variable without a value",
    web({ environment: { HOME: undefined } }),
    [
      'container "web" has 1 invalid argument',
      "  environment.HOME: must be text, got undefined; give it a value or leave the name out",
    ],
  ],
  [
    "null as a variable",
    web({ environment: { HOME: null } }),
    [
      'container "web" has 1 invalid argument',
      "  environment.HOME: must be text, got null; write numbers and booleans in quotes",
    ],
  ],
  [
    "variables as a list",
    web({ environment: ["PORT=8080"] }),
    [
      'container "web" has 1 invalid argument',
      "  environment: must be an object of names and values, got a list of 1",
    ],
  ],
  [
    "variables that are known late",
    web({ environment: pulumi.output({}) }),
    [
      'container "web" has 1 invalid argument',
      "  environment: must be an object of names and values, got an Output, but the value must be known at preview time",
    ],
  ],
  [
    "a name with an equals sign",
    web({ environment: { "A=B": "1" } }),
    [
      'container "web" has 1 invalid argument',
      '  environment["A=B"]: must be a variable name: not empty, without = and without spaces, got "A=B"',
    ],
  ],
  [
    "an empty name",
    web({ environment: { "": "1" } }),
    [
      'container "web" has 1 invalid argument',
      '  environment[""]: must be a variable name: not empty, without = and without spaces, got ""',
    ],
  ],
  [
    "a NUL character",
    web({ environment: { A: "a\0b" } }),
    ['container "web" has 1 invalid argument', "  environment.A: must not contain a NUL character"],
  ],
  [
    "a secret as a structure",
    web({ environment: { PASSWORD: { value: secret } } }),
    [
      'container "web" has 1 invalid argument',
      "  environment.PASSWORD: must be text, got an object; write numbers and booleans in quotes",
    ],
  ],

  [
    "a number as a secret",
    web({ secrets: { password: 12_345_678 } }),
    ['container "web" has 1 invalid argument', "  secrets.password: must be text, got a number"],
  ],
  [
    "a structure as a secret",
    web({ secrets: { password: { value: secret } } }),
    ['container "web" has 1 invalid argument', "  secrets.password: must be text, got an object"],
  ],
  [
    "a secret without a value",
    web({ secrets: { password: undefined } }),
    ['container "web" has 1 invalid argument', "  secrets.password: is required: text"],
  ],
  [
    "an empty secret",
    web({ secrets: { password: "" } }),
    ['container "web" has 1 invalid argument', "  secrets.password: must not be empty"],
  ],
  [
    "a secret without a name",
    web({ secrets: secret }),
    ['container "web" has 1 invalid argument', "  secrets: must be an object of names and values, got text"],
  ],
  [
    "secrets as a list",
    web({ secrets: [secret] }),
    [
      'container "web" has 1 invalid argument',
      "  secrets: must be an object of names and values, got a list of 1",
    ],
  ],
  [
    "a path as the name of a secret",
    web({ secrets: { "db/password": secret } }),
    [
      'container "web" has 1 invalid argument',
      '  secrets["db/password"]: must be a file name: letters, digits, and . _ -, got "db/password"',
    ],
  ],

  [
    "files as a list",
    files([]),
    [
      'container "web" has 1 invalid argument',
      "  files: must be an object of names and values, got a list of 0",
    ],
  ],
  [
    "text instead of a file",
    files({ "/etc/app.conf": `password=${secret}` }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"]: must be an object such as { content: "..." }, got text',
    ],
  ],
  [
    "null instead of a file",
    files({ "/etc/app.conf": null }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"]: must be an object such as { content: "..." }, got null',
    ],
  ],
  [
    "a file of nothing",
    files({ "/etc/app.conf": {} }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"]: must have exactly one of content and contentBase64',
    ],
  ],
  [
    "a file of two things",
    files({ "/etc/app.conf": { content: "a", contentBase64: "YQ==" } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"]: must have exactly one of content and contentBase64',
    ],
  ],
  [
    "an empty file",
    files({ "/etc/app.conf": { content: "" } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"].content: must not be empty: Docker\'s provider refuses an empty file',
    ],
  ],
  [
    "a number as a file",
    files({ "/etc/app.conf": { content: 12_345_678 } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"].content: must be text, got a number',
    ],
  ],
  [
    "text that is not base64",
    files({ "/etc/app.conf": { contentBase64: secret } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"].contentBase64: must be base64 and not empty, got text',
    ],
  ],
  [
    "permissions without a zero",
    files({ "/etc/app.conf": { content: "a", mode: "644" } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"].mode: must be octal permissions such as "0444", got "644"',
    ],
  ],
  [
    "permissions as a number",
    files({ "/etc/app.conf": { content: "a", mode: 0o644 } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"].mode: must be octal permissions such as "0444", got 420; write it in quotes',
    ],
  ],
  [
    "a relative file",
    files({ "app.conf": { content: "a" } }),
    [
      'container "web" has 1 invalid argument',
      '  files["app.conf"]: must be an absolute path of a file such as "/etc/app.conf", got "app.conf"',
    ],
  ],
  [
    "the root as a file",
    files({ "/": { content: "a" } }),
    [
      'container "web" has 1 invalid argument',
      '  files["/"]: must be an absolute path of a file such as "/etc/app.conf", got "/"',
    ],
  ],
  [
    "a file below a tmpfs",
    files({ "/tmp/app.conf": { content: "a" } }, { mounts: [{ tmpfs: true, path: "/tmp" }] }),
    [
      'container "web" has 1 invalid argument',
      '  files["/tmp/app.conf"]: must not lie below the tmpfs at "/tmp", which would hide it; choose another path',
    ],
  ],
  [
    "a secret below a tmpfs",
    web({ secrets: { password: secret }, mounts: [{ tmpfs: true, path: "/run" }] }),
    [
      'container "web" has 1 invalid argument',
      '  secrets.password: must not lie below the tmpfs at "/run", which would hide it; choose another path',
    ],
  ],
  [
    "a file where something is mounted",
    files({ "/data": { content: "a" } }, { mounts: [{ bind: "/srv/data", path: "/data", readOnly: false }] }),
    [
      'container "web" has 1 invalid argument',
      '  files["/data"]: must not be where something is mounted, got "/data"; choose another path',
    ],
  ],
  [
    "a file below a mount that is read-only",
    files({ "/data/app.conf": { content: "a" } }, { mounts: [{ bind: "/srv/data", path: "/data" }] }),
    [
      'container "web" has 1 invalid argument',
      '  files["/data/app.conf"]: must not lie below the read-only mount at "/data"; choose another path',
    ],
  ],
  [
    "a file in a read-only root",
    files({ "/etc/app.conf": { content: "a" } }, { readOnlyRoot: true }),
    [
      'container "web" has 1 invalid argument',
      '  files["/etc/app.conf"]: cannot be copied into a read-only root file system; leave out readOnlyRoot, or mount a bind that already has the file',
    ],
  ],
  [
    "a secret in a read-only root",
    web({ secrets: { password: secret }, readOnlyRoot: true }),
    [
      'container "web" has 1 invalid argument',
      "  secrets.password: cannot be copied into a read-only root file system; leave out readOnlyRoot, or mount a bind that already has the file",
    ],
  ],
  [
    "a file in the place of a secret",
    files({ "/run/secrets/password": { content: "a" } }, { secrets: { password: secret } }),
    [
      'container "web" has 1 invalid argument',
      '  secrets.password: must be written once, got "/run/secrets/password", which files["/run/secrets/password"] already writes',
    ],
  ],
];
