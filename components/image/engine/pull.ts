import type Docker from "dockerode";

import { type FoundLogin, dockerLogin } from "../../registry/engine";

/** Pulls an image with the login that the `docker` command has for its registry. */
export async function pullImage(engine: Docker, reference: string, found?: FoundLogin): Promise<void> {
  const { login, why } = found ?? (await dockerLogin(reference));
  try {
    const stream = await engine.pull(reference, login && { authconfig: login });
    await new Promise<void>((resolve, reject) => {
      engine.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    throw new Error([messageOf(error), ...(why === undefined ? [] : [why])].join("; "), { cause: error });
  }
}

/** The Engine's own words, without the status code that dockerode adds. */
function messageOf(error: unknown): string {
  const { json, message } = error as { json?: { message?: string }; message: string };
  return (json?.message ?? message.replace(/^\(HTTP code \d+\) [^-]* - /, "")).trim();
}
