/** Stack files that differ from a good one in a few keys; undefined takes a key out. */

export type WrongFile = readonly [
  why: string,
  keys: Readonly<Record<string, string | undefined>>,
  says: readonly string[],
];

export const goodFile: Readonly<Record<string, string>> = {
  "shop:port": "8080",
  "shop:apiReplicas": "2",
  "shop:workerReplicas": "1",
  "shop:logLevel": "info",
  "shop:protectData": "true",
  "shop:memoryMiB":
    '{"api":128,"broker":384,"database":256,"front":64,"gateway":64,"trainer":128,"worker":128}',
  "shop:databasePassword": "correct-horse-1",
  "shop:databaseRootPassword": "correct-horse-2",
  "shop:brokerPassword": "correct-horse-3",
  // Another namespace is none of ours.
  "docker:host": "unix:///var/run/docker.sock",
};

const swarm =
  '{"dataNode":"node-1","registry":{"address":"registry.example.com","username":"deploy","repository":"team/shop"}}';

export const wrongFiles: readonly WrongFile[] = [
  [
    "a key that is missing",
    { "shop:port": undefined },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  port: is required: a whole number from 1 to 65535",
    ],
  ],
  [
    "an empty value",
    { "shop:port": "" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  port: must be a whole number from 1 to 65535, got ""',
    ],
  ],
  [
    "a host by its address alone",
    { "shop:host": "ssh://deploy@203.0.113.5" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  host: must be an object such as { address: "ssh://deploy@203.0.113.5" }, got "ssh://deploy@203.0.113.5"',
    ],
  ],
  [
    "a target that does not exist",
    { "shop:target": "kubernetes" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  target: must be "host" or "swarm", got "kubernetes"',
    ],
  ],
  [
    "a swarm of which nothing is said",
    { "shop:target": "swarm" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  swarm: is required with target: swarm: an object such as { dataNode: node-1 }",
    ],
  ],
  [
    "a registry without a password",
    { "shop:target": "swarm", "shop:swarm": swarm },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  registryPassword: must be a secret; set it with: pulumi config set --secret registryPassword",
    ],
  ],
  [
    "a registry by its address alone, and nothing of the data",
    { "shop:target": "swarm", "shop:swarm": '{"registry":{"address":"registry.example.com"}}' },
    [
      'stack "dev" has 3 invalid settings in stacks/Pulumi.dev.yaml',
      "  swarm.dataNode: is required: the host name of a node, as docker node ls shows it",
      "  swarm.registry.username: is required: the name of a user of the registry",
      '  swarm.registry.repository: is required: a path in the registry such as "team/shop"',
    ],
  ],
  [
    "a host without an address",
    { "shop:host": '{"identity":"ssh://h"}' },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  host.address: is required: the address of a Docker host",
    ],
  ],
  [
    "port 0",
    { "shop:port": "0" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  port: must be a whole number from 1 to 65535, got 0",
    ],
  ],
  [
    "a port above the last",
    { "shop:port": "65536" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  port: must be a whole number from 1 to 65535, got 65536",
    ],
  ],
  [
    "a port in words",
    { "shop:port": "http" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  port: must be a whole number from 1 to 65535, got "http"',
    ],
  ],
  [
    "a port with a leading zero",
    { "shop:port": "08080" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  port: must be a whole number from 1 to 65535, got "08080"',
    ],
  ],
  [
    "half a container",
    { "shop:apiReplicas": "1.5" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  apiReplicas: must be a whole number from 1 to 20, got 1.5",
    ],
  ],
  [
    "too many containers",
    { "shop:workerReplicas": "21" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  workerReplicas: must be a whole number from 1 to 20, got 21",
    ],
  ],
  [
    "an unknown log level",
    { "shop:logLevel": "warn" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  logLevel: must be "debug", "info", "warning" or "error", got "warn"; did you mean "warning"?',
    ],
  ],
  [
    "protection in words",
    { "shop:protectData": "yes" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  protectData: must be true or false, got "yes"',
    ],
  ],
  [
    "protection as a number",
    { "shop:protectData": "1" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  protectData: must be true or false, got 1",
    ],
  ],
  [
    "memory as a number",
    { "shop:memoryMiB": "512" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  memoryMiB: must be an object, got 512",
    ],
  ],
  [
    "memory of a container that does not exist, and not of one that does",
    {
      "shop:memoryMiB":
        '{"api":128,"brokr":384,"database":256,"front":64,"gateway":64,"trainer":128,"worker":128}',
    },
    [
      'stack "dev" has 2 invalid settings in stacks/Pulumi.dev.yaml',
      "  memoryMiB.broker: is required: a whole number from 16 to 65536",
      '  memoryMiB: "brokr" is not a known key; did you mean "broker"?',
    ],
  ],
  [
    "memory with a unit, and too little",
    {
      "shop:memoryMiB":
        '{"api":"128m","broker":8,"database":256,"front":64,"gateway":64,"trainer":128,"worker":128}',
    },
    [
      'stack "dev" has 2 invalid settings in stacks/Pulumi.dev.yaml',
      '  memoryMiB.api: must be a whole number from 16 to 65536, got "128m"',
      "  memoryMiB.broker: must be a whole number from 16 to 65536, got 8",
    ],
  ],
  [
    "a list instead of memory",
    { "shop:memoryMiB": "[128]" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  memoryMiB: must be an object, got a list of 1",
    ],
  ],
  [
    "a slip of the hand in a key",
    { "shop:apiReplicas": undefined, "shop:apiReplica": "2" },
    [
      'stack "dev" has 2 invalid settings in stacks/Pulumi.dev.yaml',
      "  apiReplicas: is required: a whole number from 1 to 20",
      '  "apiReplica" is not a known key; did you mean "apiReplicas"?',
    ],
  ],
  [
    "a key that nothing reads",
    { "shop:colour": "blue" },
    ['stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml', '  "colour" is not a known key'],
  ],
  [
    "a secret that is missing",
    { "shop:brokerPassword": undefined },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  brokerPassword: must be a secret of at least 12 characters; set it with: pulumi config set --secret brokerPassword",
    ],
  ],
  [
    "a secret that is short",
    { "shop:databasePassword": "hunter2" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      "  databasePassword: must be a secret of at least 12 characters; set it with: pulumi config set --secret databasePassword",
    ],
  ],
  [
    "a secret under a wrong name",
    { "shop:brokerPasword": "hunter2-hunter2" },
    [
      'stack "dev" has 1 invalid setting in stacks/Pulumi.dev.yaml',
      '  "brokerPasword" is not a known key; did you mean "brokerPassword"?',
    ],
  ],
  [
    "everything wrong",
    {
      "shop:port": "http",
      "shop:apiReplicas": "0",
      "shop:logLevel": "verbose",
      "shop:databaseRootPassword": "hunter2",
      "shop:debug": "true",
    },
    [
      'stack "dev" has 5 invalid settings in stacks/Pulumi.dev.yaml',
      '  port: must be a whole number from 1 to 65535, got "http"',
      "  apiReplicas: must be a whole number from 1 to 20, got 0",
      '  logLevel: must be "debug", "info", "warning" or "error", got "verbose"',
      "  databaseRootPassword: must be a secret of at least 12 characters; set it with: pulumi config set --secret databaseRootPassword",
      '  "debug" is not a known key',
    ],
  ],
];
