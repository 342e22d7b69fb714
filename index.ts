/** The reference deployment: a prediction service with a page, a broker, workers, a database and a model that is trained beside them. */

import { BridgeNetwork, Container, type ContainerArgs, Image, Volume } from "./components";
import { readSettings } from "./stacks/settings";

const settings = readSettings();
const { memoryMiB } = settings;

// Only the front network has a way out; the database and the broker are reached from the backend alone.
const front = new BridgeNetwork("front");
const backend = new BridgeNetwork("backend", { internal: true });

const protect = settings.protectData;
const databaseData = new Volume("database-data", { protect });
const brokerData = new Volume("broker-data", { protect });
const model = new Volume("model", { protect });

const predictor = (target: "api" | "worker"): Image =>
  new Image(target, { build: { context: "apps/predictor", target } });
const image = (app: "broker" | "database" | "front" | "trainer"): Image =>
  new Image(app, { build: { context: `apps/${app}` } });

/** Every image brings its own check command; this is how often it runs and how long a start may take. */
const healthy = (startPeriodSeconds: number, ...args: string[]): ContainerArgs["healthCheck"] => ({
  command: ["healthy", ...args],
  intervalSeconds: 3,
  timeoutSeconds: 3,
  retries: 5,
  startPeriodSeconds,
});

const database = new Container("database", {
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
  image: image("trainer"),
  networkMode: "none",
  mounts: [{ volume: model, path: "/model" }],
  environment: { LOG_LEVEL: settings.logLevel },
  healthCheck: healthy(30),
  memoryMiB: memoryMiB.trainer,
});

const clientOfBoth = {
  environment: { LOG_LEVEL: settings.logLevel },
  secrets: { broker_password: settings.brokerPassword, database_password: settings.databasePassword },
};

const replicas = (
  service: string,
  count: number,
  args: Omit<ContainerArgs, "service" | "replica">,
  dependsOn: Container[],
): Container[] =>
  Array.from({ length: count }, (_, index) => index + 1).map(
    (replica) => new Container(`${service}-${String(replica)}`, { ...args, service, replica }, { dependsOn }),
  );

const workers = replicas(
  "worker",
  settings.workerReplicas,
  {
    ...clientOfBoth,
    image: predictor("worker"),
    networks: [backend],
    mounts: [{ volume: model, path: "/model", readOnly: true }],
    healthCheck: healthy(30),
    memoryMiB: memoryMiB.worker,
  },
  [database, broker, trainer],
);

const apis = replicas(
  "api",
  settings.apiReplicas,
  {
    ...clientOfBoth,
    image: predictor("api"),
    networks: [front, backend],
    healthCheck: healthy(30, "/readyz"),
    memoryMiB: memoryMiB.api,
  },
  [database, broker],
);

const web = new Container(
  "front",
  {
    image: image("front"),
    networks: [front],
    ports: [{ container: 8080, host: settings.port }],
    healthCheck: healthy(10),
    memoryMiB: memoryMiB.front,
  },
  { dependsOn: [...apis, ...workers] },
);

/** Where the application answers. */
export const url = web.url(8080);
/** The containers of the API, by name. */
export const api = apis.map((each) => each.containerName);
/** Where the data lives on the host. */
export const volumes = [databaseData, brokerData, model].map((each) => each.volumeName);
