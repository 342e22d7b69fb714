import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hashBuildContext } from "../components/values/build-context";

/** One line of the benchmark table. */
export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers: readonly { readonly name: string; readonly value: number }[];
  /** Ours divided by the best peer: 2 means twice as slow. */
  readonly ratio: number;
}

const FILES = 20_000;
const FILES_PER_FOLDER = 100;
const ROUNDS = 7;

/** The cost of a content hash against merely reading the same files once. Aim: a ratio of at most 2. */
export function contextHash(): Promise<BenchResult> {
  return Promise.resolve(measure());
}

function measure(): BenchResult {
  const root = mkdtempSync(join(tmpdir(), "dockwright-bench-"));
  try {
    makeTree(root);
    const hash = (): unknown => hashBuildContext({ context: root, dockerfile: "Dockerfile" });
    const read = (): unknown => readTree(root);
    hash();
    read();
    const times = { hash: [] as number[], read: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.read.push(milliseconds(read));
      times.hash.push(milliseconds(hash));
    }
    const ours = median(times.hash);
    const reading = median(times.read);
    return {
      name: `hash a build context of ${FILES} files`,
      unit: "ms",
      ours,
      peers: [{ name: "reading the same files once", value: reading }],
      ratio: ours / reading,
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

function milliseconds(run: () => unknown): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

if (require.main === module) {
  void contextHash().then((result) => {
    const peer = result.peers[0];
    console.log(
      `${result.name}: ${result.ours.toFixed(0)} ${result.unit}, ${peer?.name}: ${peer?.value.toFixed(0)} ${result.unit}, ` +
        `ratio ${result.ratio.toFixed(2)}`,
    );
  });
}
