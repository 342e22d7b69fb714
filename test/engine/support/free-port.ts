import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that Linux gives to whoever asks for any: a plugin of a test beside this one could get it meanwhile. */
const FIRST = 20_000;
const LAST = 32_000;

/** A port that nobody listens on. @param address @defaultValue the loopback address */
export async function freePort(address = "127.0.0.1"): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port, address)) return port;
  }
}

async function isFree(port: number, address: string): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve, reject) => {
    server.once("error", ({ code }: NodeJS.ErrnoException) =>
      code === "EADDRINUSE"
        ? resolve(false)
        : reject(new Error(`no port of ${address} is free: ${code ?? ""}`)),
    );
    server.listen(port, address, () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}
