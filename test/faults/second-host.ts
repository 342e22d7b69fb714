/**
 * A second Docker host: an Engine in a network namespace of its own behind a real SSH server on the loopback address.
 * Prints what is needed to use it, one `name=value` a line, and lasts until its input ends.
 */

import { SecondEngine } from "../engine/support/second-engine";
import { SshServer } from "../engine/support/ssh-server";

async function main(): Promise<void> {
  const engine = await SecondEngine.start();
  const server = await SshServer.start(`unix://${engine.socket}`);
  const { identityFile = "", knownHostsFile = "" } = server.ssh;
  const told = {
    address: server.address,
    identity: identityFile,
    known: knownHostsFile,
    engine: `unix://${engine.socket}`,
    namespace: engine.namespace,
  };
  for (const [name, value] of Object.entries(told)) console.log(`${name}=${value}`);
  console.log();
  await new Promise((resolve) => process.stdin.resume().once("end", resolve));
  await server.stop();
  await engine.stop();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
