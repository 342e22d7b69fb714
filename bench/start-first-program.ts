/** One web server behind a Gateway. replacements.ts copies it into a project of its own. */

import * as pulumi from "@pulumi/pulumi";

import { BridgeNetwork, Gateway, Image, WebService } from "../components";

const revision = new pulumi.Config().get("revision") ?? "1";
const network = new BridgeNetwork("front");

const web = new WebService("web", {
  image: new Image("server", { reference: "dw-bench-server:1" }),
  environment: { REVISION: revision },
  port: 8080,
  networks: [network],
});
new Gateway("gateway", { networks: [network], http: { host: 18474 }, routes: [{ to: web }] });
