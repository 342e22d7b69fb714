/** One web server on a port of the host. replacements.ts copies it into a project of its own. */

import * as pulumi from "@pulumi/pulumi";

import { BridgeNetwork, Container, Image } from "../components";

const revision = new pulumi.Config().get("revision") ?? "1";
const networks = [new BridgeNetwork("front")];
const image = new Image("server", { reference: "dw-bench-server:1" });

new Container("neighbour", { image, networks });
new Container("web", {
  image,
  environment: { REVISION: revision },
  ports: [{ container: 8080, host: 18473 }],
  networks,
});
