/** Containers under fire: compiled once, run by the Pulumi CLI as any program is. */

import { BridgeNetwork, Container, Image, Volume } from "../../../components";
import { type ContainerSettings, SETTINGS } from "./settings";

const { version, context, port } = JSON.parse(process.env[SETTINGS] ?? "{}") as ContainerSettings;

const image = new Image("app", { build: { context } });
const network = new BridgeNetwork("net");
const volume = new Volume("data", { protect: false });
const common = {
  image,
  environment: { VERSION: version },
  networks: [network],
  stopGraceSeconds: 2,
  monitorSeconds: 1,
};
const forever = ["sh", "-c", "trap 'exit 0' TERM; sleep infinity & wait"];

// Two of it would write the same data: it stops first.
new Container("db", { ...common, command: forever, mounts: [{ volume, path: "/data" }] });
// Nothing forbids two of it: the new one runs and is healthy before the old one goes.
new Container("api", {
  ...common,
  command: forever,
  healthCheck: { command: "test -f /version", intervalSeconds: 0.5, startPeriodSeconds: 5 },
});
// One port of the host is held by one container.
new Container("web", { ...common, command: forever, ports: [{ container: 80, host: port }] });
