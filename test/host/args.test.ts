import {
  type HostEndpoint,
  hostFaults,
  type HostReference,
  hostKeyOf,
  hostOf,
} from "../../components/host/args";
import { sshArguments } from "../../components/host/ssh";
import { type HostAddress, parseHostAddress } from "../../components/host/address";
import { otherwiseKnownText, unreachableText } from "../../components/host/unreachable";

const endpoint = (address: string, ...options: string[]): HostEndpoint => ({
  address: parseHostAddress(address) as HostAddress,
  sshArguments: options,
});
const host = (hostKey: string): HostReference => ({
  hostKey,
  hostEndpoint: endpoint("ssh://a@h"),
  provider: "provider" as never,
  connection: {},
});

describe("the arguments of ssh", () => {
  test("never to ask, and when to give up", () => {
    expect(sshArguments()).toEqual([
      "-o",
      "BatchMode=yes",
      "-o",
      "ConnectTimeout=15",
      "-o",
      "ServerAliveInterval=15",
    ]);
  });

  test("which key alone to show, and where host keys are known", () => {
    expect(
      sshArguments({
        identityFile: "~/keys/my key",
        knownHostsFile: "/etc/known",
        options: { connecttimeout: "5", ProxyJump: "bastion" },
      }).filter((word) => word !== "-o"),
    ).toEqual([
      "BatchMode=yes",
      'IdentityFile="~/keys/my key"',
      "IdentitiesOnly=yes",
      "UserKnownHostsFile=/etc/known",
      "connecttimeout=5",
      "ProxyJump=bastion",
      "ServerAliveInterval=15",
    ]);
  });
});

test.each([
  [{ address: "ssh://a@H:22/" }, "ssh://a@h"],
  [{ address: "ssh://a@h", identity: "SSH://b@h" }, "ssh://b@h"],
  [{ address: "ssh://a@h", identity: "default" }, "default"],
  [{ address: "ssh://a@h", identity: "the-big-one" }, "the-big-one"],
])("%j is known as %s", (args, key) => {
  expect(hostKeyOf(args)).toBe(key);
});

describe("a component stands", () => {
  test("without a host as it ever did", async () => {
    const { childName, answers, ...rest } = hostOf();
    expect(rest).toEqual({ options: {}, key: "default", endpoint: undefined, labels: {} });
    expect([childName("web"), await answers]).toEqual(["web", true]);
  });

  test("on a host by its provider, under a name that carries it", () => {
    const { childName, options, key, labels } = hostOf(host("ssh://a@[::1]:2222"));
    expect([childName("web"), options, key, labels]).toEqual([
      "web-on-ssh-a-1-2222",
      { provider: "provider" },
      "ssh://a@[::1]:2222",
      { "io.dockwright.host": "ssh://a@[::1]:2222" },
    ]);
  });

  test("on the default host by another provider, and nothing changes its name", () => {
    const { childName, options, labels } = hostOf(host("default"));
    expect([childName("web"), options, labels]).toEqual(["web", { provider: "provider" }, {}]);
  });
});

describe("what belongs together", () => {
  const image = (hostKey?: string) => ({ path: "image", on: { hostKey } });
  const network = (hostKey?: string) => ({ path: "networks[0]", on: { hostKey } });

  test.each([
    ["is on one host", host("ssh://a"), [image("ssh://a"), network("ssh://a")]],
    ["is on the default host", undefined, [image("default"), network("default")]],
    ["may be where nobody knows", host("ssh://a"), [image(), network()]],
  ])("%s", (_, mine, used) => {
    expect(hostFaults("container", mine, used)).toEqual([]);
  });

  test("is refused in one sentence on several", () => {
    expect(
      hostFaults("container", undefined, [image("ssh://a"), network("default"), network("ssh://b")]),
    ).toEqual([
      {
        path: "host",
        text: "must be the host of all that the container uses, got the default host while image is on ssh://a, networks[0] is on ssh://b; give all of them the same host",
      },
    ]);
  });
});

describe("a host that does not answer", () => {
  const told = (error: string, at = endpoint("ssh://deploy@h:2222/run/d.sock", "-o", "BatchMode=yes")) =>
    unreachableText("prod", at, error).split("\n");

  test.each<[string, RegExp, RegExp]>([
    ["Host key verification failed.", /its host key is unknown/, /file of known hosts/],
    ["deploy@h: Permission denied (publickey).", /it rejected the SSH login/, /ssh\.identityFile/],
    ["bash: line 1: docker: command not found", /there is no docker command/, /install Docker there/],
    [
      "permission denied while trying to connect to the Docker daemon socket",
      /has no access/,
      /usermod -aG docker/,
    ],
    [
      "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?",
      /its Docker Engine is not/,
      /systemctl start docker/,
    ],
    [
      "kex_exchange_identification: Connection closed by remote host",
      /refused the connection/,
      /MaxStartups/,
    ],
    [
      "ssh: Could not resolve hostname h: Name or service not known",
      /its name cannot be resolved/,
      /correct the host name/,
    ],
    ["unable to verify the first certificate", /unable to verify/, /give tls the authority/],
    ["spawn ssh ENOENT", /the ssh command was not found on this machine/, /install OpenSSH's client/],
    ["connect ECONNREFUSED 203.0.113.5:2376", /ECONNREFUSED/, /start the host and its Engine/],
  ])("%s", (error, cause, remedy) => {
    const [first = "", now, next = ""] = told(error);
    expect(first).toMatch(/^docker host "prod": ssh:\/\/deploy@h:2222\/run\/d\.sock does not answer: /);
    expect(first).toMatch(cause);
    expect(first).toContain(error.split(":").pop());
    expect(now).toBe("  now        nothing was changed on that host");
    expect(next).toMatch(remedy);
  });

  test.each([
    [
      "ssh://deploy@h:2222/run/d.sock",
      "ssh -o BatchMode=yes -p 2222 deploy@h docker -H unix:///run/d.sock version",
    ],
    ["ssh://h", "ssh -o BatchMode=yes h docker version"],
    ["tcp://h:2376", "docker -H tcp://h:2376 --tlsverify version"],
    ["unix:///run/d.sock", "docker -H unix:///run/d.sock version"],
  ])("%s is tried by %s", (address, command) => {
    expect(told("lost", endpoint(address, "-o", "BatchMode=yes"))[2]).toMatch(
      new RegExp(`to test it: ${command.replaceAll(".", "\\.")}$`),
    );
  });

  test("a word for the shell is quoted for it", () => {
    expect(told("lost", endpoint("ssh://h", "-o", 'IdentityFile="it\'s"'))[2]).toContain(
      `ssh -o 'IdentityFile="it'\\''s"' h`,
    );
  });
});

test("the same machine by another way is named with the remedy", () => {
  const other = { what: "network shop-net", key: "ssh://a@h" };
  expect(otherwiseKnownText("prod", endpoint("ssh://b@h"), other).split("\n")).toEqual([
    'docker host "prod": ssh://b@h is the host that this stack knows as ssh://a@h: its network shop-net exists there',
    "  now        nothing was changed on that host",
    '  next       give the DockerHost identity: "ssh://a@h", so that nothing is moved, then run the same command again',
  ]);
});
