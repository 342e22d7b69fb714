/**
 * Asks an address of 127.0.0.1 so often a second until its input ends, then prints how many requests were sent, how many
 * failed, and the longest time in milliseconds without a good answer.
 *
 *   node --require ts-node/register/transpile-only test/faults/load.ts URL PER_SECOND
 */

import { Load } from "../engine/support/load";

async function main([url = "", perSecond = ""]: readonly string[]): Promise<void> {
  if (new URL(url).hostname !== "127.0.0.1") throw new Error(`URL: must be of 127.0.0.1, got ${url}`);
  const load = new Load(url, Number(perSecond));
  await new Promise((resolve) => process.stdin.resume().once("end", resolve));
  const { sent, failed, longestGap } = await load.stop();
  for (const why of new Set(failed)) console.error(why);
  console.log(`${sent} ${failed.length} ${longestGap}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
