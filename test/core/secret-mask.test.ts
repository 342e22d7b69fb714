import { secretMask } from "../../components/core/text/secret-mask";

const key = "-----BEGIN KEY-----\nMARK-A/+?=\nMARK-B\n-----END KEY-----\n";
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** What a program prints of its secret, and a part of it that must not be left. */
const printed: Record<string, { secret: string; raw: string; never: string }> = {
  "as it is": { secret: key, raw: `key: ${key}`, never: "MARK" },
  "line by line, with prefixes": { secret: key, raw: key.replace(/^/gm, "web_1 | "), never: "MARK" },
  "with the line breaks of a terminal": { secret: key, raw: key.replaceAll("\n", "\r\n"), never: "MARK" },
  "without its line break at the end": { secret: "hunter2\n", raw: "password hunter2!", never: "hunter2" },
  "a line that is only a few characters long": { secret: "4711\n0815\n", raw: "pin 0815", never: "0815" },
  "decoded from base64": { secret: base64(key), raw: "| MARK-B", never: "MARK" },
  "decoded from broken lines of base64": {
    secret: base64(key).replace(/.{20}/g, "$&\n"),
    raw: "| MARK-B",
    never: "MARK",
  },
  "encoded in base64": { secret: key, raw: base64(key), never: base64(key).slice(20, 40) },
  "encoded in base64, in lines of 76": {
    secret: key.repeat(4),
    raw: base64(key.repeat(4)).replace(/.{76}/g, "$&\n"),
    never: base64(key.repeat(4)).slice(80, 100),
  },
  "encoded for an address": {
    secret: Buffer.from("??>>~~hunter2").toString("base64"),
    raw: Buffer.from("??>>~~hunter2").toString("base64url"),
    never: "aHVudGVy",
  },
  "as the password of a basic login": {
    secret: "hunter2-and-more",
    raw: `authorization: Basic ${base64("admin:hunter2-and-more")}`,
    never: base64("admin:hunter2-and-more").slice(10, 24),
  },
  "in percents": { secret: "hunter2/& more", raw: "?p=hunter2%2F%26%20more", never: "hunter2" },
  "in the percents of a form": { secret: "hunter2/& more", raw: "p=hunter2%2F%26+more", never: "hunter2" },
  "decoded from percents": { secret: "hunter2%2Fmore", raw: "hunter2/more", never: "hunter2" },
  "escaped in JSON": { secret: 'hunter2"\\more', raw: JSON.stringify('hunter2"\\more'), never: "hunter2" },
  "in hexadecimal digits": {
    secret: "hunter2",
    raw: Buffer.from("hunter2").toString("hex"),
    never: "68756e74",
  },
  "the password of an address": {
    secret: "postgres://app:p%40ssw0rd@db:5432/app",
    raw: 'authentication failed, password "p@ssw0rd"',
    never: "p@ssw0rd",
  },
  "the value of an option": { secret: "--password=hunter2", raw: "login as app/hunter2", never: "hunter2" },
  "the value of a line of an env file": {
    secret: "USER=app\nDB_PASSWORD='hunter 2'\n",
    raw: "login as app/hunter 2",
    never: "hunter 2",
  },
  "the value of a field of JSON": {
    secret: '{"user": "app", "apiKey": "hunter\\"2"}',
    raw: 'key is hunter"2',
    never: "hunter",
  },
  "cut off at the end, as the Engine cuts a probe": {
    secret: "a-secret-of-some-length",
    raw: "token a-secret-of-some-l...",
    never: "a-secret",
  },
  "cut off at the beginning": {
    secret: "a-secret-of-some-length",
    raw: "et-of-some-length\nnext",
    never: "some-length",
  },
};

test.each(Object.entries(printed))(
  "P8 a secret is masked that was printed %s",
  (_, { secret, raw, never }) => {
    expect(raw).toContain(never);
    const shown = secretMask([secret])(raw);
    expect(shown).toContain("[secret]");
    expect(shown).not.toContain(never);
  },
);

test("secrets that overlap leave nothing of the longer one, and one that is in the mask does no harm", () => {
  expect(secretMask(["secret", "hunter2", "hunter2-and-more", "more-and"])("is hunter2-and-more-and")).toBe(
    "is [secret]",
  );
});

test("other text stays readable", () => {
  const raw = "listening on 0.0.0.0:8080\nconnection to db:5432 refused\n}";
  const secrets = ["", "on", "a\n}\nb", "postgres://app:hunter2@db:5432/app", "host=db password=hunter2"];
  expect(secretMask(secrets)(raw)).toBe(raw);
});

test("a large file costs no more than a moment", () => {
  const secret = `${"x".repeat(50_000)}\n${"key".repeat(50_000)}\n${"key = ".repeat(20_000)}\n${'key: "'.repeat(20_000)}`;
  const begun = Date.now();
  secretMask([secret])("a line of the log\n".repeat(50));
  expect(Date.now() - begun).toBeLessThan(3000);
});
