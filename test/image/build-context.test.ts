import { execFileSync } from "node:child_process";
import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import fc from "fast-check";

import {
  hashBuildContext,
  type BuildContextOptions,
  type ContextHash,
} from "../../components/image/context/disk/hash";

const DOCKERFILE = "FROM scratch\nCOPY . /\n";
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "dockwright-context-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array = "", mode = 0o644): void {
  const at = join(root, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, content);
  chmodSync(at, mode);
}

function hash(options: Partial<BuildContextOptions> = {}): ContextHash {
  return hashBuildContext({ context: root, dockerfile: "Dockerfile", ...options });
}

describe("what changes the hash, and what does not", () => {
  beforeEach(() => {
    write("Dockerfile", DOCKERFILE);
    write("src/a.txt", "a");
    write("src/run.sh", "#!/bin/sh", 0o755);
    mkdirSync(join(root, "empty"));
    symlinkSync("a.txt", join(root, "src/link"));
  });

  test("the result is complete and stable", () => {
    const result = hash();
    expect(result).toEqual({
      hash: result.hash,
      files: 3,
      bytes: 32,
      parts: {
        Dockerfile: "083716298205",
        "empty/": "empty",
        "src/a.txt": "ca978112ca1b",
        "src/link": "-> a.txt",
        "src/run.sh": "3af71adb278a executable",
      },
      dockerfile: DOCKERFILE,
      dockerfilePath: "Dockerfile",
    });
    expect(result.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash()).toEqual(result);
    expect(hash({ dockerfile: "./src/../Dockerfile" })).toEqual(result);
    expect(hash({ dockerfile: join(root, "Dockerfile") })).toEqual(result);
  });

  test("the format is pinned: a change of it gives every image a new name", () => {
    const options = {
      target: "t",
      args: { a: "1" },
      platform: "linux/amd64",
      labels: { l: "v" },
      extra: ["e"],
    };
    expect(hash(options).hash).toBe("9a2aad0349a020a43837dcf408f4493c041323b5025b5c43cbdd0127e5888d7a");
  });

  test("what is given besides the files is a part by its option", () => {
    const options = { target: "t", args: { a: "1" }, platform: "linux/amd64", labels: { l: "v" } };
    const { parts } = hash({ ...options, dockerfile: { text: DOCKERFILE } });
    expect(Object.keys(parts).filter((name) => name.startsWith("--"))).toEqual([
      "--file",
      "--target",
      "--platform",
      "--build-arg a",
      "--label l",
    ]);
    expect(parts).toMatchObject({ "--target": "t", "--platform": "linux/amd64" });
  });

  test("more than 200 files are grouped by folder, and each change is still visible", () => {
    for (let index = 0; index < 240; index++) write(`src/${String(index % 3)}/${String(index)}.txt`, "a");
    const before = hash().parts;
    const files = ["Dockerfile", "src/a.txt", "src/link", "src/run.sh"];
    expect(Object.keys(before).sort()).toEqual([...files, "empty/", "src/0/", "src/1/", "src/2/"].sort());
    write("src/2/2.txt", "b");
    const after = hash().parts;
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(["src/2/"]);
  });

  const at = (path: string): string => join(root, path);
  const edits: readonly [string, () => void][] = [
    [
      "a byte of a file",
      () => {
        write("src/a.txt", "b");
      },
    ],
    [
      "a byte of the Dockerfile",
      () => {
        write("Dockerfile", `${DOCKERFILE}\n`);
      },
    ],
    [
      "the execute bit",
      () => {
        chmodSync(at("src/a.txt"), 0o755);
      },
    ],
    [
      "a new empty file",
      () => {
        write("src/new");
      },
    ],
    [
      "a new empty folder",
      () => {
        mkdirSync(at("empty2"));
      },
    ],
    [
      "the text of a link",
      () => {
        rmSync(at("src/link"));
        symlinkSync("run.sh", at("src/link"));
      },
    ],
    [
      "a link for the file it names",
      () => {
        rmSync(at("src/link"));
        write("src/link", "a");
      },
    ],
    [
      "a new name",
      () => {
        renameSync(at("src/a.txt"), at("src/b.txt"));
      },
    ],
    [
      "a file for an empty folder",
      () => {
        rmSync(at("empty"), { recursive: true });
        write("empty");
      },
    ],
    [
      "an ignore file",
      () => {
        write(".dockerignore", "src");
      },
    ],
  ];
  test.each(edits)("%s changes it", (_what, edit) => {
    const before = hash();
    edit();
    expect(hash().hash).not.toBe(before.hash);
    expect(hash().parts).not.toEqual(before.parts);
  });

  test.each<[string, Partial<BuildContextOptions>]>([
    ["a target", { target: "x" }],
    ["an empty target", { target: "" }],
    ["a platform", { platform: "linux/arm64" }],
    ["an argument", { args: { A: "1" } }],
    ["an empty argument", { args: { A: "" } }],
    ["a label", { labels: { A: "1" } }],
    ["something else", { extra: ["x"] }],
  ])("%s changes it", (_what, options) => {
    expect(hash(options).hash).not.toBe(hash().hash);
  });

  test("an argument, a label and an extra are not the same", () => {
    const all: Partial<BuildContextOptions>[] = [
      { args: { A: "1" } },
      { labels: { A: "1" } },
      { extra: ["A", "1"] },
      { args: { A: "", "1": "" } },
      { target: "linux" },
      { platform: "linux" },
    ];
    expect(new Set(all.map((options) => hash(options).hash)).size).toBe(all.length);
  });

  test("times, other mode bits, named pipes and sockets do not change it", async () => {
    const before = hash();
    utimesSync(join(root, "src/a.txt"), 1, 1);
    chmodSync(join(root, "src/a.txt"), 0o606);
    chmodSync(join(root, "src/run.sh"), 0o700);
    chmodSync(join(root, "empty"), 0o700);
    execFileSync("mkfifo", [join(root, "pipe")]);
    const server = createServer().listen(join(root, "socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    expect(hash()).toEqual(before);
    await new Promise((resolve) => server.close(resolve));
  });

  test("the order of arguments and labels does not change it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        expect(hash({ args: reversed, labels: record }).hash).toBe(
          hash({ args: record, labels: reversed }).hash,
        );
      }),
      { numRuns: 30 },
    );
  });

  test("ignored files do not change it, the Dockerfile and the ignore file always do", () => {
    write(".dockerignore", "src\nDockerfile\n.dockerignore\n");
    const before = hash();
    expect(before.files).toBe(2);
    write("src/a.txt", "changed");
    expect(hash()).toEqual(before);
    write("Dockerfile", `${DOCKERFILE} `);
    const after = hash();
    expect(after.hash).not.toBe(before.hash);
    write(".dockerignore", "src\nDockerfile\n.dockerignore\n# a remark\n");
    expect(hash().hash).not.toBe(after.hash);
  });

  test("ignored folders are not even read", () => {
    write(".dockerignore", "closed\n!**/x");
    mkdirSync(join(root, "closed"));
    symlinkSync("loop", join(root, "closed", "loop"));
    const before = hash();
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/closed/`), Buffer.from([0xff])]),
      "a name that would be refused",
    );
    expect(hash()).toEqual(before);
  });

  test("the same files elsewhere have the same hash", () => {
    const other = mkdtempSync(join(tmpdir(), "dockwright-context-"));
    execFileSync("cp", ["-a", `${root}/.`, other]);
    expect(hash({ context: other })).toEqual(hash());
    rmSync(other, { recursive: true });
  });

  test("a Dockerfile outside the context and one given as text are hashed by content", () => {
    const outside = join(root, "Dockerfile");
    const result = hash({ context: join(root, "src"), dockerfile: "../Dockerfile" });
    expect(result.dockerfilePath).toBe(outside);
    expect(hash({ context: join(root, "src"), dockerfile: { text: DOCKERFILE } })).toEqual({
      ...result,
      dockerfilePath: undefined,
    });
  });

  test("a file larger than the buffer is read in pieces", () => {
    write("large", Buffer.alloc(2_500_000, 1));
    const before = hash();
    expect(before.bytes).toBe(2_500_032);
    write("large", Buffer.concat([Buffer.alloc(2_499_999, 1), Buffer.from([2])]));
    expect(hash().hash).not.toBe(before.hash);
  });
});

describe("errors", () => {
  const message = (options: Partial<BuildContextOptions> = {}): string => {
    try {
      hash(options);
    } catch (error) {
      return (error as Error).message.split(root).join("<root>");
    }
    throw new Error("nothing was refused");
  };

  test("a context that is missing or a file", () => {
    expect(message({ context: join(root, "nope") })).toBe(
      'context: must be an existing folder, got "<root>/nope", which does not exist; it is resolved to <root>/nope',
    );
    write("file");
    expect(message({ context: join(root, "file") })).toBe(
      'context: must be a folder, got "<root>/file", which is a file; name the folder that holds it',
    );
  });

  test("a Dockerfile that is missing, a folder or a link out of the context", () => {
    expect(message()).toBe(
      'dockerfile: must be an existing file, got "Dockerfile", which does not exist; it is resolved against the context to <root>/Dockerfile',
    );
    mkdirSync(join(root, "sub"));
    expect(message({ dockerfile: "sub" })).toBe('dockerfile: must be a file, got "sub", which is not one');
    write("Dockerfile", DOCKERFILE);
    symlinkSync("../Dockerfile", join(root, "sub/Dockerfile"));
    expect(message({ context: join(root, "sub") })).toBe(
      'dockerfile: must not be a link out of the context, got "Dockerfile", which points to <root>/Dockerfile; use that file directly or copy it',
    );
  });

  test("a Dockerfile with an ignore file of its own", () => {
    write("Dockerfile", DOCKERFILE);
    write("Dockerfile.dockerignore", "src");
    expect(message()).toBe(
      'dockerfile: must not have an ignore file of its own, got "Dockerfile.dockerignore"; ' +
        "the Engine's build API reads only the .dockerignore at the top of the context: move the patterns there",
    );
  });

  test("a Dockerfile that is ignored too deep for Docker to bring it back", () => {
    write("a/b/deep/c/Dockerfile", DOCKERFILE);
    write(".dockerignore", "**/deep");
    expect(message({ dockerfile: "a/b/deep/c/Dockerfile" })).toBe(
      'dockerfile: must reach the builder, got "a/b/deep/c/Dockerfile" left out by .dockerignore; add the line !a/b/deep/c/Dockerfile to it',
    );
    write(".dockerignore", "**/deep\n!a/b/deep/c/Dockerfile");
    expect(hash({ dockerfile: "a/b/deep/c/Dockerfile" }).files).toBe(2);
  });

  test("a Dockerfile that is a link inside the context is known by the file it names", () => {
    write("docker/real", DOCKERFILE);
    symlinkSync("docker/real", join(root, "Dockerfile"));
    write(".dockerignore", "docker");
    expect(hash()).toMatchObject({ dockerfilePath: "docker/real", files: 2 });
  });

  test("a malformed pattern, a name that is not UTF-8", () => {
    write("Dockerfile", DOCKERFILE);
    write(".dockerignore", "ok\n[");
    expect(message()).toBe(
      '.dockerignore: must hold patterns that Docker accepts: bad pattern "[": a [class] is not closed, or empty',
    );
    write(".dockerignore");
    writeFileSync(Buffer.concat([Buffer.from(`${root}/f`), Buffer.from([0xff])]), "");
    expect(message()).toBe(
      'context: names must be UTF-8, got "f\ufffd"; rename it or add it to .dockerignore',
    );
  });

  test.each([
    ["EACCES", "permission denied; make it readable or add it to .dockerignore"],
    ["ENOENT", "it vanished while being read; run again when nothing writes to the context"],
    ["EIO", "EIO; repair it or add it to .dockerignore"],
  ])("a file that cannot be read: %s", (code, why) => {
    write("Dockerfile", DOCKERFILE);
    write("src/secret", "x");
    // Root may read everything, so the fault is played.
    const real = fs.openSync;
    const open = jest.spyOn(fs, "openSync").mockImplementation((path, flags, mode) => {
      if (String(path).endsWith("/secret")) throw Object.assign(new Error(code), { code });
      return real(path, flags, mode);
    });
    expect(message()).toBe(`context: must be readable, got "src/secret": ${why}`);
    open.mockRestore();
  });

  test("a file that shrinks while it is read", () => {
    write("Dockerfile", DOCKERFILE);
    write("src/log", "x");
    const real = fs.fstatSync;
    const stat = jest
      .spyOn(fs, "fstatSync")
      .mockImplementation((handle: number) => Object.assign(real(handle), { size: 99 }));
    expect(message()).toContain("it vanished while being read");
    stat.mockRestore();
  });
});
