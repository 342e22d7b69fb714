/** The reference deployment: a prediction service with a web page, a broker, workers, a database and a model trainer. */

import { type ContainerArgs, Gateway, type ImageSource, Volume } from "./components";
import { onHost } from "./stacks/on-host";
import { onSwarm } from "./stacks/on-swarm";
import { readSettings } from "./stacks/settings";

const settings = readSettings();
const { memoryMiB } = settings;

// Containers of one host, or services of a swarm that spreads them over many: the rest is the same for both.
const on =
  settings.target === "swarm" && settings.swarm ? onSwarm(settings.swarm, settings) : onHost(settings.host);

// Only the front network has external access; the database and the broker are only reachable from the backend.
const front = on.network("front");
const backend = on.network("backend", { internal: true });

const protect = settings.protectData;
const databaseData = new Volume("database-data", { protect, ...on.at });
const brokerData = new Volume("broker-data", { protect, ...on.at });
const model = new Volume("model", { protect, ...on.at });

const predictor = (target: "api" | "worker"): ImageSource =>
  on.image(target, { context: "apps/predictor", target });
const image = (app: "broker" | "database" | "front" | "trainer"): ImageSource =>
  on.image(app, { context: `apps/${app}` });

/** Every image contains its own check command; these are its interval and start period. */
const healthy = (startPeriodSeconds: number, ...args: string[]): ContainerArgs["healthCheck"] => ({
  command: ["healthy", ...args],
  intervalSeconds: 3,
  timeoutSeconds: 3,
  retries: 5,
  startPeriodSeconds,
});

/** Limits of each service, so that none uses the whole machine: one processor, and a number of processes. */
const bounded = { cpus: 1, pidsLimit: 256 };
/** For services without secrets, because secrets are written into the root file system: only /tmp is writable, in memory. */
const readOnly = { readOnlyRoot: true };
const scratch = { tmpfs: true, path: "/tmp", sizeMiB: 32 } as const;

const database = on.service("database", {
  ...bounded,
  pidsLimit: 512,
  image: image("database"),
  networks: [backend],
  mounts: [{ volume: databaseData, path: "/var/lib/mysql" }],
  secrets: {
    database_password: settings.databasePassword,
    database_root_password: settings.databaseRootPassword,
  },
  healthCheck: healthy(30),
  memoryMiB: memoryMiB.database,
  stopGraceSeconds: 30,
});

const broker = on.service("broker", {
  ...bounded,
  // Erlang starts threads according to the number of processors.
  pidsLimit: 1024,
  image: image("broker"),
  networks: [backend],
  mounts: [{ volume: brokerData, path: "/var/lib/rabbitmq" }],
  secrets: { broker_password: settings.brokerPassword },
  healthCheck: healthy(60),
  memoryMiB: memoryMiB.broker,
  stopGraceSeconds: 30,
});

// Trains and writes the model; it has no network connections.
const trainer = on.service("trainer", {
  ...bounded,
  ...readOnly,
  image: image("trainer"),
  networks: [],
  mounts: [{ volume: model, path: "/model" }, scratch],
  environment: { LOG_LEVEL: settings.logLevel },
  healthCheck: healthy(30),
  memoryMiB: memoryMiB.trainer,
});

const clientOfBoth = {
  ...bounded,
  environment: { LOG_LEVEL: settings.logLevel },
  secrets: { broker_password: settings.brokerPassword, database_password: settings.databasePassword },
};

const workers = on.service("worker", {
  ...clientOfBoth,
  image: predictor("worker"),
  replicas: settings.workerReplicas,
  networks: [backend],
  mounts: [{ volume: model, path: "/model", readOnly: true }],
  healthCheck: healthy(30),
  memoryMiB: memoryMiB.worker,
  after: [database, broker, trainer],
});

const api = on.webService("api", {
  ...clientOfBoth,
  image: predictor("api"),
  replicas: settings.apiReplicas,
  port: 8000,
  networks: [front, backend],
  healthCheck: healthy(30, "/readyz"),
  memoryMiB: memoryMiB.api,
  after: [database, broker],
});

const page = on.webService("front", {
  ...bounded,
  ...readOnly,
  mounts: [scratch],
  image: image("front"),
  port: 8080,
  networks: [front],
  healthCheck: healthy(10),
  memoryMiB: memoryMiB.front,
});

// The one port of the host. Behind it a new version takes over without a failed request.
const gateway = new Gateway(
  "gateway",
  {
    ...on.at,
    networks: [front],
    http: { host: settings.port },
    routes: [{ path: "/api", to: api }, { to: page }],
    memoryMiB: memoryMiB.gateway,
    cpus: 1,
  },
  { dependsOn: workers.resources },
);

/** The URL of the application. */
export const url = gateway.url;
/** The names of the API's containers or service. */
export const apiNames = api.names;
/** The volumes with the data, by their host names. */
export const volumes = [databaseData, brokerData, model].map((each) => each.volumeName);
