import * as fc from "fast-check";
import { addressSlug, type HostAddress, parseHostAddress } from "../../components/host/address";

const parsed = (text: string) => parseHostAddress(text) as HostAddress;
const FORMS = '"ssh://user@host", "unix:///path/to/docker.sock" or "tcp://host:2376"';

test.each<[string, HostAddress]>([
  ["unix:///run/docker.sock", { kind: "unix", text: "unix:///run/docker.sock", socket: "/run/docker.sock" }],
  ["tcp://Host:2376", { kind: "tcp", text: "tcp://host:2376", host: "host", port: 2376 }],
  ["tcp://[::1]:2376", { kind: "tcp", text: "tcp://[::1]:2376", host: "::1", port: 2376 }],
  [
    "ssh://deploy@203.0.113.5",
    {
      kind: "ssh",
      text: "ssh://deploy@203.0.113.5",
      host: "203.0.113.5",
      user: "deploy",
      port: undefined,
      socket: undefined,
    },
  ],
  [
    "SSH://Deploy@Web-1.example.com:2222/run/user/1000/docker.sock",
    {
      kind: "ssh",
      text: "ssh://Deploy@web-1.example.com:2222/run/user/1000/docker.sock",
      host: "web-1.example.com",
      user: "Deploy",
      port: 2222,
      socket: "/run/user/1000/docker.sock",
    },
  ],
])("%s is taken apart", (given, expected) => {
  expect(parseHostAddress(given)).toEqual(expected);
});

test.each([
  ["the usual port", "ssh://a@h:22", "ssh://a@h"],
  ["a last slash", "ssh://a@h/", "ssh://a@h"],
  ["capitals in the name of the host", "ssh://a@H", "ssh://a@h"],
  ["a user", "ssh://b@h", "ssh://b@h"],
  ["another port", "ssh://a@h:23", "ssh://a@h:23"],
])("%s: one host, one form", (_, given, form) => {
  expect(parsed(given).text).toBe(form);
});

test.each<[string, string, string]>([
  ["nothing", "", `must be ${FORMS}, got ""`],
  ["a path", "/run/docker.sock", `must be ${FORMS}, got "/run/docker.sock"; write "unix:///run/docker.sock"`],
  ["a login", "deploy@host", `must be ${FORMS}, got "deploy@host"; write "ssh://deploy@host"`],
  [
    "a relative socket",
    "unix://run/docker.sock",
    `must be ${FORMS}, got "unix://run/docker.sock"; a socket is an absolute path, so three slashes follow unix:`,
  ],
  ["a web address", "https://h:2376/v1", `must be ${FORMS}, got "https://h:2376/v1"; write tcp://h:2376`],
  ["no port", "tcp://h", `must be ${FORMS}, got "tcp://h"; add the port: "tcp://h:2376"`],
  ["port 0", "ssh://a@h:0", `must be ${FORMS}, got "ssh://a@h:0"`],
  ["a port too high", "tcp://h:65536", `must be ${FORMS}, got "tcp://h:65536"`],
  ["an option of ssh as host", "ssh://-oProxyCommand=x", `must be ${FORMS}, got "ssh://-oProxyCommand=x"`],
  ["an option of ssh as user", "ssh://-oProxyCommand@h", `must be ${FORMS}, got "ssh://-oProxyCommand@h"`],
  ...[
    "/run/$(id).sock",
    "/run/a;id",
    "/run/`id`",
    "/run/a|b",
    "/run/a&b",
    "/run/'a'",
    "/run/*.sock",
    "/run/a>b",
  ].map((path): [string, string, string] => [
    "a path that a shell would take apart",
    `ssh://a@h${path}`,
    `must be ${FORMS}, got ${JSON.stringify(`ssh://a@h${path}`)}; the user and the path of the socket must hold letters, digits and . _ + - only`,
  ]),
  [
    "a user that a shell would take apart",
    "ssh://$(id)@h",
    `must be ${FORMS}, got "ssh://$(id)@h"; the user and the path of the socket must hold letters, digits and . _ + - only`,
  ],
  ["a blank", "ssh://a@h b", `must be ${FORMS}, got "ssh://a@h b"`],
  [
    "a password",
    "ssh://a:hunter2@h",
    "must not hold a password, which SSH does not take from there; use a key of SSH",
  ],
  ["a password of tcp", "tcp://a:hunter2@h:2376", `must be ${FORMS}, got text`],
])("%s is not a valid address", (_, given, wrong) => {
  expect(parseHostAddress(given)).toEqual({ wrong });
});

test("the form of an address is an address of the same host", () => {
  const host = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,10}[a-z0-9])?$/);
  const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
  const user = fc.option(fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/), { nil: undefined });
  fc.assert(
    fc.property(host, port, user, (name, at, who) => {
      const given = `ssh://${who === undefined ? "" : `${who}@`}${name}${at === undefined ? "" : `:${at}`}`;
      const once = parsed(given);
      expect(parsed(once.text).text).toBe(once.text);
      expect(addressSlug(once.text)).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/);
    }),
  );
});
