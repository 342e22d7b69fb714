import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { docker } from "./docker";
import type { RegistryProcess } from "./registry-process";

/**
 * Puts an image of this machine into a registry that asks for no login, and gives the reference by digest. The layers go
 * as they are: a push would compress them and each node would have to undo that, for a network that is none.
 */
export async function seed(registry: RegistryProcess, image: string, repository: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "dw-test-seed-"));
  try {
    docker("save", "--output", join(folder, "image.tar"), image);
    execFileSync("tar", ["-xf", join(folder, "image.tar"), "-C", folder]);
    const [saved] = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Saved[];
    if (saved === undefined) throw new Error(`"docker save ${image}" gave no image`);
    const at = `http://${registry.address}/v2/${repository}`;
    const blob = async (file: string, kind: string) => ({
      mediaType: `application/vnd.docker.${kind}`,
      ...(await upload(at, readFileSync(join(folder, file)))),
    });
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: await blob(saved.Config, "container.image.v1+json"),
        layers: await Promise.all(saved.Layers.map((layer) => blob(layer, "image.rootfs.diff.tar.gzip"))),
      }),
    );
    await put(`${at}/manifests/latest`, manifest, MANIFEST);
    return `${registry.address}/${repository}@${digestOf(manifest)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

/** The part of `manifest.json` of `docker save` that is read: names of files. */
interface Saved {
  readonly Config: string;
  readonly Layers: readonly string[];
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

async function upload(repository: string, bytes: Buffer): Promise<{ size: number; digest: string }> {
  const digest = digestOf(bytes);
  const begun = await fetch(`${repository}/blobs/uploads/`, { method: "POST" });
  const place = new URL(begun.headers.get("location") ?? "", repository);
  place.searchParams.set("digest", digest);
  await put(place.href, bytes, "application/octet-stream");
  return { size: bytes.length, digest };
}

async function put(url: string, bytes: Buffer, type: string): Promise<void> {
  const answer = await fetch(url, {
    method: "PUT",
    body: new Uint8Array(bytes),
    headers: { "content-type": type },
  });
  if (!answer.ok) throw new Error(`the registry did not accept ${url}: ${await answer.text()}`);
}
