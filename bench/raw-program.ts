/** The same with the bare provider, as its documentation shows it. run.ts copies it into a project of its own. */

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

const revision = new pulumi.Config().get("revision") ?? "1";

const image = new docker.RemoteImage("dw-bench-raw-image", {
  name: "debian:bookworm-slim",
  // The image is the machine's: it must outlive the measurement.
  keepLocally: true,
});
const network = new docker.Network("dw-bench-raw-network");

for (let number = 1; number <= 50; number += 1) {
  new docker.Container(`dw-bench-raw-service-${number}`, {
    image: image.imageId,
    command: ["sleep", "infinity"],
    envs: [`REVISION=${number === 25 ? revision : "1"}`],
    networksAdvanced: [{ name: network.name }],
    // As dockwright and the Compose file have it: `sleep` alone would not hear the signal that stops it.
    init: true,
  });
}
