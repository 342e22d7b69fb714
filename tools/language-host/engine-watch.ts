import * as net from "node:net";

/** Whether something listens at `host:port`, asked for at most `wait` milliseconds. */
function listens(address: string, wait = 1_000): Promise<boolean> {
  const colon = address.lastIndexOf(":");
  return new Promise((resolve) => {
    const socket = net.connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
    const answer = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(wait, () => answer(false));
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

/**
 * Resolves when the engine has gone away: an engine that was killed cannot end its host, and a host that stays would
 * hold its program forever. Two misses in a row count as gone.
 */
export async function engineGone(address: () => string, every = 1_000): Promise<void> {
  for (let misses = 0; misses < 2;) {
    await new Promise((next) => setTimeout(next, every));
    const at = address();
    misses = at === "" || (await listens(at)) ? 0 : misses + 1;
  }
}
