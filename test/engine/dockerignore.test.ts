/**
 * The differential test of `.dockerignore`: what the real Docker provider sends and the real engine puts into an image is
 * what dockwright hashes, for every case of the table. Each is an image that copies its whole context.
 */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { RemoteImage } from "@pulumi/docker";

import { walkContext } from "../../components/image/context/disk/walk";
import { matcherForBuild } from "../../components/image/ignore/dockerignore";
import { Deployment } from "./support/deployment";
import { IGNORE_CASES, type IgnoreCase } from "./support/ignore-cases";
import { imageFiles } from "./support/image-files";

jest.setTimeout(600_000);

const root = fs.mkdtempSync(path.join(os.tmpdir(), "dockwright-ignore-"));
const deployment = new Deployment("ignore");
const cases = IGNORE_CASES.map((each, index) => ({
  dockerfile: "Dockerfile",
  ...each,
  image: `dockwright-test-ignore:${String(index)}`,
  context: path.join(root, String(index)),
}));

beforeAll(async () => {
  cases.forEach(makeContext);
  await deployment.up(() => {
    for (const { image, context, dockerfile } of cases) {
      new RemoteImage(image, {
        name: image,
        build: { context, dockerfile, useLegacyBuilder: true, forceRemove: true },
      });
    }
    return Promise.resolve();
  });
});

afterAll(async () => {
  await deployment.cleanUp();
  fs.rmSync(root, { recursive: true, force: true });
});

test.each(cases)("the build sees what dockwright hashes: $name", async ({ image, context, dockerfile }) => {
  expect(withFolders(ownNames(context, dockerfile))).toEqual(await imageFiles(image, "context/"));
});

function makeContext({
  context,
  tree,
  ignore,
  dockerfile,
}: IgnoreCase & { context: string; dockerfile: string }): void {
  const place = (name: string): string => {
    const at = path.join(context, name);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    return at;
  };
  for (const item of tree) {
    const link = /^(.*) -> (.*)$/.exec(item);
    if (link) fs.symlinkSync(link[2] ?? "", place(link[1] ?? ""));
    else if (item.endsWith("/")) fs.mkdirSync(place(item), { recursive: true });
    else if (item.endsWith(" |")) execFileSync("mkfifo", [place(item.slice(0, -2))]);
    else fs.writeFileSync(place(item), item);
  }
  fs.writeFileSync(place(dockerfile), "FROM scratch\nCOPY . /context/\n");
  if (ignore !== undefined) fs.writeFileSync(place(".dockerignore"), ignore);
}

function ownNames(context: string, dockerfile: string): string[] {
  const file = path.join(context, ".dockerignore");
  const ignore = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  const names: string[] = [];
  walkContext(context, matcherForBuild(ignore, dockerfile), (entry) => names.push(entry.path));
  return names;
}

/** The builder makes the folders that hold a file, sent or not. */
function withFolders(names: readonly string[]): string[] {
  const all = names.flatMap((name) =>
    name.split("/").map((_part, index, parts) => parts.slice(0, index + 1).join("/")),
  );
  return [...new Set(all)].sort();
}
