/** The measured deployment with dockwright: fifty containers on one network. run.ts copies it into a project of its own. */

import { Config } from "@pulumi/pulumi";

import { BridgeNetwork, Container, Image } from "../components";

const revision = new Config().get("revision") ?? "1";

const image = new Image("image", { reference: "debian:bookworm-slim" });
const network = new BridgeNetwork("network");

for (let number = 1; number <= 50; number += 1) {
  new Container(`service-${number}`, {
    image,
    command: ["sleep", "infinity"],
    environment: { REVISION: number === 25 ? revision : "1" },
    networks: [network],
  });
}
