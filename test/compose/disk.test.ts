/** What a Compose file may name as a file: nothing that is waited for without end. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ComposeProject } from "../../components";
import { readIfThere } from "../../components/compose/disk";
import { run } from "../../components/testing";
import { hashBuildContext } from "../../components/image/context/disk/hash";

const folder = mkdtempSync(join(tmpdir(), "dw-disk-"));
const at = (name: string) => join(folder, name);
let server: Server;
beforeAll(async () => {
  execFileSync("mkfifo", [at("pipe")]);
  mkdirSync(at("directory"));
  symlinkSync("pipe", at("link"));
  writeFileSync(at("file"), "A=1\n");
  symlinkSync("file", at("link-to-file"));
  symlinkSync("/dev/zero", at("device"));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const kinds = {
  pipe: "a named pipe",
  link: "a named pipe",
  directory: "a directory",
  device: "a device",
  socket: "a socket",
};

const errorOf = async (compose: string): Promise<string> => {
  writeFileSync(at("compose.yaml"), compose);
  const { error } = await run(() => new ComposeProject("it", { files: at("compose.yaml") }));
  return String(error);
};

describe.each(Object.entries(kinds))("P10 a %s", (name, kind) => {
  test("is refused as env_file, not waited for", async () => {
    const text = await errorOf(`services:\n  web:\n    image: nginx:1.27\n    env_file: ${name}\n`);
    expect(text).toContain(`${at(name)} is ${kind}, only regular files are supported`);
  });

  test("is refused as the file of a secret", async () => {
    const text = await errorOf(
      `services:\n  web:\n    image: nginx:1.27\n    secrets: [key]\nsecrets:\n  key:\n    file: ${name}\n`,
    );
    expect(text).toContain(`${at(name)} is ${kind}, only regular files are supported`);
  });
});

test("a file is read, by a link too, and one that does not exist is none", () => {
  expect([readIfThere(at("file")), readIfThere(at("link-to-file")), readIfThere(at("none"))]).toEqual([
    "A=1\n",
    "A=1\n",
    undefined,
  ]);
});

test("a .dockerignore that is a named pipe is refused", () => {
  const context = at("context");
  mkdirSync(context);
  execFileSync("mkfifo", [join(context, ".dockerignore")]);
  expect(() => hashBuildContext({ context, dockerfile: { text: "FROM scratch" } })).toThrow(
    ".dockerignore: must be a file, got a named pipe",
  );
});
