import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hashBuildContext } from "../components/image/context/disk/hash";

import { type BenchResult, median, milliseconds } from "./measure";

const FILES = 20_000;
const FILES_PER_FOLDER = 100;
const ROUNDS = 7;

/** The cost of a content hash against merely reading the same files once. Aim: at most twice as long, a ratio of 0.5. */
export async function contextHash(): Promise<BenchResult> {
  const root = mkdtempSync(join(tmpdir(), "dockwright-bench-"));
  try {
    makeTree(root);
    const hash = (): unknown => hashBuildContext({ context: root, dockerfile: "Dockerfile" });
    const read = (): unknown => readTree(root);
    hash();
    read();
    const times = { hash: [] as number[], read: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.read.push(await milliseconds(read));
      times.hash.push(await milliseconds(hash));
    }
    const ours = median(times.hash);
    const reading = median(times.read);
    return {
      name: `hash of a build context, ${FILES} files`,
      unit: "ms",
      ours,
      peers: [{ name: "reading the same files once", value: reading }],
      ratio: reading / ours,
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Source-like sizes: most files of 1 to 8 KiB, some of 64 KiB. */
function makeTree(root: string): void {
  writeFileSync(join(root, "Dockerfile"), "FROM scratch\nCOPY . /\n");
  writeFileSync(join(root, ".dockerignore"), "**/*.log\n.git\n!keep.log\n");
  for (let index = 0; index < FILES; index += 1) {
    const folder = join(root, `folder-${Math.floor(index / FILES_PER_FOLDER)}`);
    if (index % FILES_PER_FOLDER === 0) mkdirSync(folder);
    const size = index % 50 === 0 ? 65_536 : 1024 + ((index * 37) % 7168);
    writeFileSync(join(folder, `file-${index}.txt`), Buffer.alloc(size, index % 251));
  }
}

function readTree(folder: string): number {
  let bytes = 0;
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    bytes += item.isDirectory() ? readTree(path) : readFileSync(path).length;
  }
  return bytes;
}
