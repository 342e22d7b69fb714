/** The reference deployment: a prediction service with a page, a broker, workers, a database and a model that is trained beside them. */

import {
  BridgeNetwork,
  Container,
  type ContainerArgs,
  DockerHost,
  Gateway,
  Image,
  Volume,
  WebService,
} from "./components";
import { readSettings } from "./stacks/settings";

const settings = readSettings();
const { memoryMiB } = settings;

// Where everything stands: this machine, unless the environment has a host of its own.
const on = settings.host && { host: new DockerHost("host", settings.host) };

// Only the front network has a way out; the database and the broker are reached from the backend alone.
const front = new BridgeNetwork("front", on);
const backend = new BridgeNetwork("backend", { internal: true, ...on });

const protect = settings.protectData;
const databaseData = new Volume("database-data", { protect, ...on });
const brokerData = new Volume("broker-data", { protect, ...on });
const model = new Volume("model", { protect, ...on });

const predictor = (target: "api" | "worker"): Image =>
  new Image(target, { build: { context: "apps/predictor", target }, ...on });
const image = (app: "broker" | "database" | "front" | "trainer"): Image =>
  new Image(app, { build: { context: `apps/${app}` }, ...on });

/** Every image brings its own check command; this is how often it runs and how long a start may take. */
const healthy = (startPeriodSeconds: number, ...args: string[]): ContainerArgs["healthCheck"] => ({
  command: ["healthy", ...args],
  intervalSeconds: 3,
  timeoutSeconds: 3,
  retries: 5,
  startPeriodSeconds,
});

const database = new Container("database", {
  ...on,
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

const broker = new Container("broker", {
  ...on,
  image: image("broker"),
  networks: [backend],
  mounts: [{ volume: brokerData, path: "/var/lib/rabbitmq" }],
  secrets: { broker_password: settings.brokerPassword },
  healthCheck: healthy(60),
  memoryMiB: memoryMiB.broker,
  stopGraceSeconds: 30,
});

// Trains and writes the model; it talks to nobody.
const trainer = new Container("trainer", {
  ...on,
  image: image("trainer"),
  networkMode: "none",
  mounts: [{ volume: model, path: "/model" }],
  environment: { LOG_LEVEL: settings.logLevel },
  healthCheck: healthy(30),
  memoryMiB: memoryMiB.trainer,
});

const clientOfBoth = {
  ...on,
  environment: { LOG_LEVEL: settings.logLevel },
  secrets: { broker_password: settings.brokerPassword, database_password: settings.databasePassword },
};

const workerImage = predictor("worker");
const workers = Array.from(
  { length: settings.workerReplicas },
  (_, index) =>
    new Container(
      `worker-${String(index + 1)}`,
      {
        ...clientOfBoth,
        service: "worker",
        replica: index + 1,
        image: workerImage,
        // Nobody looks a worker up.
        networks: [{ network: backend, serviceAlias: false }],
        mounts: [{ volume: model, path: "/model", readOnly: true }],
        healthCheck: healthy(30),
        memoryMiB: memoryMiB.worker,
      },
      { dependsOn: [database, broker, trainer] },
    ),
);

const api = new WebService(
  "api",
  {
    ...clientOfBoth,
    image: predictor("api"),
    replicas: settings.apiReplicas,
    port: 8000,
    networks: [front, backend],
    healthCheck: healthy(30, "/readyz"),
    memoryMiB: memoryMiB.api,
  },
  { dependsOn: [database, broker] },
);

const page = new WebService("front", {
  ...on,
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
    ...on,
    networks: [front],
    http: { host: settings.port },
    routes: [{ path: "/api", to: api }, { to: page }],
    memoryMiB: memoryMiB.gateway,
  },
  { dependsOn: workers },
);

/** Where the application answers. */
export const url = gateway.url;
/** The containers of the API, by name. */
export const apiContainers = api.containers.map((each) => each.containerName);
/** Where the data lives on the host. */
export const volumes = [databaseData, brokerData, model].map((each) => each.volumeName);
