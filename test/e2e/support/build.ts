import { spawnSync } from "node:child_process";
import path from "node:path";

/** Builds a folder of this one as `dw-test-e2e/<name>`, which stays on the host for the next run, and says what it does. */
export function buildImage(name: string, folder: string): string {
  const tag = `dw-test-e2e/${name}`;
  process.stderr.write(`building ${tag} from Debian's packages; the first time takes minutes\n`);
  const built = spawnSync("docker", ["build", "-t", tag, path.resolve(__dirname, "..", folder)], {
    stdio: ["ignore", 2, 2],
  });
  if (built.status !== 0) throw new Error(`docker build of test/e2e/${folder} failed, see above`);
  return tag;
}
