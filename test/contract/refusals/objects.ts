/** Volumes, networks, registries and pushes that cannot be. */

import * as pulumi from "@pulumi/pulumi";
import { BridgeNetwork, Volume } from "../../../components";
import { network, push, type Refusal, registry, volume } from "./refusal";

const login = { username: "ada", password: "hunter2-hunter2" };
const at = (address: unknown) => registry({ ...login, address });
const password = (given: unknown) => registry({ ...login, address: "r.example.com", password: given });

export const objectRefusals: readonly Refusal[] = [
  [
    "a volume of null",
    volume(null),
    ['volume "data" has 1 invalid argument', "  args: must be an object, got null"],
  ],
  [
    "a volume by name",
    volume("data"),
    ['volume "data" has 1 invalid argument', '  args: must be an object, got "data"'],
  ],
  [
    "a name with a slash",
    volume({ name: "my/data" }),
    [
      'volume "data" has 1 invalid argument',
      '  name: must be a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first, got "my/data"',
    ],
  ],
  [
    "a name of one letter",
    volume({ name: "d" }),
    [
      'volume "data" has 1 invalid argument',
      '  name: must be a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first, got "d"',
    ],
  ],
  [
    "a name that is known late",
    volume({ name: pulumi.output("data") }),
    [
      'volume "data" has 1 invalid argument',
      "  name: must be a Docker name of 2 to 200 characters: letters, digits, and . _ - after the first, got an Output, but the value must be known at preview time",
    ],
  ],
  [
    "an empty driver",
    volume({ driver: "" }),
    ['volume "data" has 1 invalid argument', '  driver: must be text that is not empty, got ""'],
  ],
  [
    "a number as an option of a driver",
    volume({ driverOptions: { size: 10 } }),
    [
      'volume "data" has 1 invalid argument',
      "  driverOptions.size: must be text, got 10; write it in quotes",
    ],
  ],
  [
    "the provider's word",
    volume({ driverOpts: {} }),
    [
      'volume "data" has 1 invalid argument',
      '  "driverOpts" is not a known key; did you mean "driverOptions"?',
    ],
  ],
  [
    "an end that does not exist",
    volume({ whenDestroyed: "keep" }),
    [
      'volume "data" has 1 invalid argument',
      '  whenDestroyed: must be "keep-data" or "lose-data", got "keep"; did you mean "keep-data"?',
    ],
  ],
  [
    "the loss of a volume that may be somebody else's",
    volume({ name: "shared-data", whenDestroyed: "lose-data" }),
    [
      'volume "data" has 1 invalid argument',
      '  whenDestroyed: must be "keep-data" for a volume with a fixed name, which can belong to another stack; omit name to allow "lose-data"',
    ],
  ],
  [
    "protection in words",
    volume({ protect: "true" }),
    [
      'volume "data" has 1 invalid argument',
      '  protect: must be true or false, got "true"; write true without quotes',
    ],
  ],
  [
    "a label of our own",
    volume({ labels: { "io.dockwright.kind": "mine" } }),
    [
      'volume "data" has 1 invalid argument',
      '  labels["io.dockwright.kind"]: must be a label name that is not empty and not reserved (com.docker.compose.*, io.dockwright.*), got "io.dockwright.kind"',
    ],
  ],
  [
    "one name for two volumes",
    () => [new Volume("first", { name: "shop-data" }), new Volume("second", { name: "shop-data" })],
    [
      'volume "second" has 1 invalid argument',
      '  name: must be unique on the host, got "shop-data", which volume "first" already uses',
    ],
  ],

  [
    "a network of null",
    network(null),
    ['network "net" has 1 invalid argument', "  args: must be an object, got null"],
  ],
  [
    "a network as a list",
    network(["10.20.0.0/24"]),
    ['network "net" has 1 invalid argument', "  args: must be an object, got a list of 1"],
  ],
  [
    "a range without its size",
    network({ subnet: "10.20.0.0" }),
    [
      'network "net" has 1 invalid argument',
      '  subnet: must be a range from /8 to /30 that starts at its first address, such as "10.20.0.0/24", got "10.20.0.0"',
    ],
  ],
  [
    "an address with a size",
    network({ subnet: "10.20.0.1/24" }),
    [
      'network "net" has 1 invalid argument',
      '  subnet: must be a range from /8 to /30 that starts at its first address, such as "10.20.0.0/24", got "10.20.0.1/24"',
    ],
  ],
  [
    "a range without room",
    network({ subnet: "10.20.0.0/31" }),
    [
      'network "net" has 1 invalid argument',
      '  subnet: must be a range from /8 to /30 that starts at its first address, such as "10.20.0.0/24", got "10.20.0.0/31"',
    ],
  ],
  [
    "a range of IPv6",
    network({ subnet: "fd00::/64" }),
    [
      'network "net" has 1 invalid argument',
      '  subnet: must be a range from /8 to /30 that starts at its first address, such as "10.20.0.0/24", got "fd00::/64"',
    ],
  ],
  [
    "a gateway without a range",
    network({ gateway: "10.20.0.1" }),
    ['network "net" has 1 invalid argument', "  gateway: needs a subnet to lie in; add subnet"],
  ],
  [
    "a gateway outside of the range",
    network({ subnet: "10.20.0.0/24", gateway: "10.20.1.1" }),
    [
      'network "net" has 1 invalid argument',
      '  gateway: must be a usable address of 10.20.0.0/24, got "10.20.1.1"',
    ],
  ],
  [
    "the range itself as the gateway",
    network({ subnet: "10.20.0.0/24", gateway: "10.20.0.0" }),
    [
      'network "net" has 1 invalid argument',
      '  gateway: must be a usable address of 10.20.0.0/24, got "10.20.0.0"',
    ],
  ],
  [
    "everybody as the gateway",
    network({ subnet: "10.20.0.0/24", gateway: "10.20.0.255" }),
    [
      'network "net" has 1 invalid argument',
      '  gateway: must be a usable address of 10.20.0.0/24, got "10.20.0.255"',
    ],
  ],
  [
    "a gateway that is no address",
    network({ subnet: "10.20.0.0/24", gateway: "first" }),
    ['network "net" has 1 invalid argument', '  gateway: must be an IPv4 address, got "first"'],
  ],
  [
    "a part without a range",
    network({ ipRange: "10.20.0.0/25" }),
    ['network "net" has 1 invalid argument', "  ipRange: needs a subnet to lie in; add subnet"],
  ],
  [
    "a part outside of the range, and so the gateway",
    network({ subnet: "10.20.0.0/24", gateway: "10.20.1.1", ipRange: "10.20.1.0/25" }),
    [
      'network "net" has 2 invalid arguments',
      '  gateway: must be a usable address of 10.20.0.0/24, got "10.20.1.1"',
      '  ipRange: must lie within 10.20.0.0/24, got "10.20.1.0/25"',
    ],
  ],
  [
    "isolation in words",
    network({ internal: "yes" }),
    ['network "net" has 1 invalid argument', '  internal: must be true or false, got "yes"'],
  ],
  [
    "another driver",
    network({ driver: "overlay" }),
    [
      'network "net" has 1 invalid argument',
      '  "driver" is not a known key; known: subnet, gateway, ipRange, name, internal, options, labels, host, adopt',
    ],
  ],
  [
    "a number as an option",
    network({ options: { "com.docker.network.driver.mtu": 1400 } }),
    [
      'network "net" has 1 invalid argument',
      '  options["com.docker.network.driver.mtu"]: must be text, got 1400; write it in quotes',
    ],
  ],
  [
    "a label of Compose",
    network({ labels: { "com.docker.compose.network": "mine" } }),
    [
      'network "net" has 1 invalid argument',
      '  labels["com.docker.compose.network"]: must be a label name that is not empty and not reserved (com.docker.compose.*, io.dockwright.*), got "com.docker.compose.network"',
    ],
  ],
  [
    "null as a range",
    network({ subnet: null }),
    [
      'network "net" has 1 invalid argument',
      '  subnet: must be a range from /8 to /30 that starts at its first address, such as "10.20.0.0/24", got null',
    ],
  ],
  [
    "a range within another network's",
    () => [
      new BridgeNetwork("first", { subnet: "10.20.0.0/16" }),
      new BridgeNetwork("second", { subnet: "10.20.4.0/24" }),
    ],
    [
      'network "second" has 1 invalid argument',
      '  subnet: must not overlap 10.20.0.0/16 of network "first", got "10.20.4.0/24"',
    ],
  ],
  [
    "one name for two networks",
    () => [
      new BridgeNetwork("first", { name: "shop-net" }),
      new BridgeNetwork("second", { name: "shop-net" }),
    ],
    [
      'network "second" has 1 invalid argument',
      '  name: must be unique on the host, got "shop-net", which network "first" already uses',
    ],
  ],

  [
    "no registry",
    registry(undefined),
    ['registry "team" has 1 invalid argument', "  args: is required: an object"],
  ],
  [
    "an address with a scheme",
    at("https://r.example.com"),
    [
      'registry "team" has 1 invalid argument',
      '  address: must be a host with an optional port and no scheme, such as "registry.example.com" or "127.0.0.1:5000", got "https://r.example.com"',
    ],
  ],
  [
    "an address with a path",
    at("r.example.com/team"),
    [
      'registry "team" has 1 invalid argument',
      '  address: must be a host with an optional port and no scheme, such as "registry.example.com" or "127.0.0.1:5000", got "r.example.com/team"',
    ],
  ],
  [
    "a word as the address",
    at("registry"),
    [
      'registry "team" has 1 invalid argument',
      '  address: must be a host with an optional port and no scheme, such as "registry.example.com" or "127.0.0.1:5000", got "registry"',
    ],
  ],
  [
    "a port above the last",
    at("r.example.com:99999"),
    [
      'registry "team" has 1 invalid argument',
      '  address: must be a host with an optional port and no scheme, such as "registry.example.com" or "127.0.0.1:5000", got "r.example.com:99999"',
    ],
  ],
  [
    "an empty user",
    registry({ ...login, address: "r.example.com", username: "" }),
    ['registry "team" has 1 invalid argument', '  username: must be a user name that is not empty, got ""'],
  ],
  [
    "a slip of the hand",
    registry({ address: "r.example.com", user: "ada", password: "p" }),
    [
      'registry "team" has 2 invalid arguments',
      "  username: is required: a user name that is not empty",
      '  "user" is not a known key; did you mean "username"?',
    ],
  ],
  [
    "no password",
    password(undefined),
    ['registry "team" has 1 invalid argument', "  password: is required: a password that is not empty"],
  ],
  [
    "an empty password",
    password(""),
    [
      'registry "team" has 1 invalid argument',
      "  password: must be a password that is not empty, got empty text",
    ],
  ],
  [
    "a number as a password",
    password(12_345_678),
    [
      'registry "team" has 1 invalid argument',
      "  password: must be a password that is not empty, got a number; write it in quotes",
    ],
  ],
  [
    "a structure as a password",
    password({ value: "hunter2-hunter2" }),
    [
      'registry "team" has 1 invalid argument',
      "  password: must be a password that is not empty, got an object",
    ],
  ],
  [
    "a list of passwords",
    password(["hunter2-hunter2"]),
    [
      'registry "team" has 1 invalid argument',
      "  password: must be a password that is not empty, got a list of 1",
    ],
  ],

  [
    "an image by name",
    push({ image: "nginx" }),
    ['registry push "app" has 1 invalid argument', '  image: must be an Image, got "nginx"'],
  ],
  [
    "a registry by name",
    push({ registry: "r.example.com" }),
    ['registry push "app" has 1 invalid argument', '  registry: must be a Registry, got "r.example.com"'],
  ],
  [
    "a repository in upper case",
    push({ repository: "Team/App" }),
    [
      'registry push "app" has 1 invalid argument',
      '  repository: must be a path in lower case such as "team/app", without a tag, got "Team/App"',
    ],
  ],
  [
    "a tag in the repository",
    push({ repository: "team/app:1" }),
    [
      'registry push "app" has 1 invalid argument',
      '  repository: must be a path in lower case such as "team/app", without a tag, got "team/app:1"',
    ],
  ],
  [
    "no repository",
    push({ repository: undefined }),
    [
      'registry push "app" has 1 invalid argument',
      '  repository: is required: a path in lower case such as "team/app", without a tag',
    ],
  ],
  [
    "a tag with a blank",
    push({ tag: "my tag" }),
    ['registry push "app" has 1 invalid argument', '  tag: must be a tag such as "1.4.0", got "my tag"'],
  ],
  [
    "a tag as a number",
    push({ tag: 1.4 }),
    [
      'registry push "app" has 1 invalid argument',
      '  tag: must be a tag such as "1.4.0", got 1.4; write it in quotes',
    ],
  ],
  [
    "the start of a key",
    push({ repo: "team/app" }),
    ['registry push "app" has 1 invalid argument', '  "repo" is not a known key; did you mean "repository"?'],
  ],
];
