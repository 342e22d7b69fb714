/** Services under fire: compiled once, run by the Pulumi CLI as any program is. */

import { Image, OverlayNetwork, SwarmService } from "../../../components";
import { SETTINGS, type SwarmSettings } from "../program/settings";

const { version } = JSON.parse(process.env[SETTINGS] ?? "{}") as SwarmSettings;

const image = new Image("app", { reference: "debian:bookworm-slim" });
const network = new OverlayNetwork("net");
const common = {
  image,
  command: ["sh", "-c", "trap 'exit 0' TERM; sleep infinity & wait"],
  environment: { VERSION: version },
  networks: [network],
  endpointMode: "dnsrr",
  stopGraceSeconds: 2,
  monitorSeconds: 1,
} as const;

// The new task runs and is healthy before an old one goes; each reads the secret of its version.
new SwarmService("web", {
  ...common,
  replicas: 2,
  secrets: { word: `${version}, in secret` },
  files: { "/etc/app.conf": { content: `version = ${version}\n` } },
  healthCheck: {
    command: `grep -q ${version} /run/secrets/word /etc/app.conf`,
    intervalSeconds: 2,
    startPeriodSeconds: 5,
  },
});
// One on every node; the provider does not wait for it.
new SwarmService("everywhere", { ...common, global: true });
