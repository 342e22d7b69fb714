import { execFile, execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { walkContext } from "../../components/values/context-walk";
import { matcherForBuild } from "../../components/values/dockerignore";
import { ContextCapture, buildWithEngine, imageNames, unpack } from "./support/context-capture";
import { IGNORE_CASES, type IgnoreCase } from "./support/ignore-cases";

/**
 * Each case goes through the real `docker build` of a stand-in daemon, which keeps what the client sends, and through
 * dockwright. Then the real engine builds what was sent, all cases in one image, a few on their own.
 */
const IMAGE = "dockwright-test-ignore";
const DOCKERFILE = "FROM scratch\nCOPY . /context/\n";
const capture = new ContextCapture();
const root = mkdtempSync(join(tmpdir(), "dockwright-ignore-"));
const sentRoot = join(root, "sent");
const cases = IGNORE_CASES.map((each, index) => ({
  ...each,
  index,
  context: join(root, `context-${index}`),
}));
const ours = new Map<number, string[]>();
const tags: string[] = [];

beforeAll(() => capture.start());
afterAll(async () => {
  await capture.stop();
  rmSync(root, { recursive: true, force: true });
  await promisify(execFile)("docker", ["rmi", "-f", ...tags]);
});

test.each(cases)("docker build sends what dockwright hashes: $name", async ({ index, context, ...each }) => {
  const dockerfile = makeContext(context, each);
  ours.set(index, ownNames(context, dockerfile));

  const sent = await unpack(
    await capture.capture(`${IMAGE}:${index}`, context, dockerfile),
    join(sentRoot, String(index)),
  );
  const pipes = each.tree.filter((item) => item.endsWith(" |")).map((item) => item.slice(0, -2));
  expect(ours.get(index)).toEqual(sent.filter((name) => !pipes.includes(name)));
});

test("the engine puts into an image what dockwright hashes: all cases side by side", async () => {
  writeFileSync(join(sentRoot, "Dockerfile"), DOCKERFILE);
  await build(`${IMAGE}:all`, "Dockerfile", sentRoot);
  const expected = [...ours].flatMap(([index, names]) =>
    withFolders([String(index), ...names.map((name) => `${index}/${name}`)]),
  );
  expect(await imageNames(`${IMAGE}:all`)).toEqual(["Dockerfile", ...expected].sort());
}, 120_000);

test.each(cases.filter((each) => each.alone))(
  "the engine puts into an image what dockwright hashes: $name",
  async ({ index, dockerfile = "Dockerfile" }) => {
    await build(`${IMAGE}:${index}`, dockerfile, join(sentRoot, String(index)));
    expect(await imageNames(`${IMAGE}:${index}`)).toEqual(withFolders(ours.get(index) ?? []));
  },
  120_000,
);

async function build(tag: string, dockerfile: string, folder: string): Promise<void> {
  await buildWithEngine(tag, dockerfile, folder);
  tags.push(tag);
}

function makeContext(context: string, { tree, ignore, dockerfile = "Dockerfile" }: IgnoreCase): string {
  const place = (name: string): string => {
    const path = join(context, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  writeFileSync(place(dockerfile), DOCKERFILE);
  if (ignore !== undefined) writeFileSync(place(".dockerignore"), ignore);
  for (const item of tree) {
    const link = /^(.*) -> (.*)$/.exec(item);
    if (link) symlinkSync(link[2] as string, place(link[1] as string));
    else if (item.endsWith("/")) mkdirSync(place(item), { recursive: true });
    else if (item.endsWith(" |")) execFileSync("mkfifo", [place(item.slice(0, -2))]);
    else if (!existsSync(place(item))) writeFileSync(place(item), item);
  }
  return dockerfile;
}

function ownNames(context: string, dockerfile: string): string[] {
  const names: string[] = [];
  const file = join(context, ".dockerignore");
  const ignore = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  walkContext(context, matcherForBuild(ignore, dockerfile), (entry) => names.push(entry.path));
  return names.sort();
}

/** The builder makes the folders that hold a file, sent or not. */
function withFolders(names: readonly string[]): string[] {
  const all = names.flatMap((name) =>
    name.split("/").map((_part, index, parts) => parts.slice(0, index + 1).join("/")),
  );
  return [...new Set(all)].sort();
}
