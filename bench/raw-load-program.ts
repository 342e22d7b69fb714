/** One web server with the bare provider, as its documentation shows it. replacements.ts copies it into a project of its own. */

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

const revision = new pulumi.Config().get("revision") ?? "1";
const image = new docker.RemoteImage("server", { name: "dw-bench-server:1", keepLocally: true });
const network = new docker.Network("dw-bench-raw-front", { name: "dw-bench-raw-front" });

new docker.Container("dw-bench-raw-neighbour", {
  name: "dw-bench-raw-neighbour",
  image: image.imageId,
  networksAdvanced: [{ name: network.name }],
  init: true,
});
new docker.Container("dw-bench-raw-web", {
  name: "dw-bench-raw-web",
  image: image.imageId,
  envs: [`REVISION=${revision}`],
  networksAdvanced: [{ name: network.name }],
  ports: [{ internal: 8080, external: 18471, ip: "127.0.0.1" }],
  init: true,
});
