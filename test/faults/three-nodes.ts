/**
 * A swarm of three managers, each a Docker Engine in namespaces of its own, and a registry with a login that all of them, and
 * this machine, reach as a port of 127.0.0.1. Prints what is needed to use it, one `name=value` a line, and lasts until
 * its input ends.
 */

import { randomBytes } from "node:crypto";

import { RegistryProcess } from "../engine/support/registry-process";
import { Forward } from "../engine/support/forward";
import { Swarm } from "../engine/support/swarm";

async function main(): Promise<void> {
  const login = { username: "deploy", password: randomBytes(12).toString("hex") };
  const swarm = await Swarm.start({ images: [] });
  const registry = await RegistryProcess.start(login, swarm.lan.here);
  const port = Number(registry.address.split(":")[1]);
  const forwards = await Promise.all(
    [undefined, ...swarm.nodes.map(({ namespace }) => namespace)].map((namespace) =>
      Forward.start(port, swarm.lan.here, namespace),
    ),
  );
  const [first] = swarm.nodes;
  const told = {
    engine: first.host,
    namespace: first.namespace,
    node: first.name,
    registry: `127.0.0.1:${port}`,
    ...login,
  };
  for (const [name, value] of Object.entries(told)) console.log(`${name}=${value}`);
  console.log();
  await new Promise((resolve) => process.stdin.resume().once("end", resolve));
  await Promise.all(forwards.map((each) => each.stop()));
  await registry.stop();
  await swarm.stop();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
