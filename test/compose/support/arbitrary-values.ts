/** Values by chance, of every form that a key may take. */

import * as fc from "fast-check";

import { word, type Yaml } from "./write";

export const name = fc.constantFrom("web", "db", "cache", "worker", "a", "b-1", "c.d", "E_2");
export const network = fc.constantFrom("front", "back", "default");
export const volumeName = fc.constantFrom("data", "logs", "x1");
export const key = fc.constantFrom("A", "B", "LONG_NAME", "dotted.key", "with-dash", "x", "PATH");

/** Text as people write it, and as nobody should. */
export const plainText = fc.oneof(
  fc.constantFrom(
    "value",
    "two words",
    "",
    "a=b",
    "a:b",
    "http://x:80/?q=1#f",
    "ünï 🐳",
    "'",
    '"',
    "\\n",
    "{}",
    "# no",
  ),
  fc.string({ unit: "grapheme-ascii", maxLength: 12 }).map((text) => text.replaceAll("$", "$$$$")),
);

/** Variables: of V1 to V4, the first has a value, the second is empty. */
const template: fc.Arbitrary<string> = fc.letrec<{ part: string; text: string }>((tie) => ({
  part: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("x", "a-b", " ", "$$", "0", "$V1", "${V1}", "${V2}", "{", ".") },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom("V1", "V2", "V3", "v4"), fc.constantFrom(":-", "-", ":+", "+"), tie("text"))
        .map(([variable, operator, rest]) => `\${${variable}${operator}${rest}}`),
    },
    { weight: 1, arbitrary: fc.constantFrom("${V1:?no}", "${V1?no}", "${V2?no}") },
  ),
  text: fc.array(tie("part"), { maxLength: 3, depthIdentifier: "template" }).map((parts) => parts.join("")),
})).text;

export const text = fc.oneof({ weight: 3, arbitrary: plainText }, { weight: 1, arbitrary: template });

/** Words without quotes, of which YAML makes numbers and booleans. */
const bareWord = fc
  .constantFrom(
    "1",
    "1.5",
    "1.50",
    "1e3",
    "0x1F",
    "0o17",
    "017",
    "08",
    "1_000",
    "0b11",
    "+5",
    "-0",
    "-7",
    ".5",
    "5.",
    "1:30",
    "true",
    "False",
    "yes",
    "no",
    "on",
    "Off",
    "y",
    "~",
    "null",
    "Null",
    ".inf",
    "1e25",
    "0.00001",
    "plain",
    "1.2.3",
    "12345678901234567890",
    "0.1",
    "1e-7",
    "123456789",
    "v1",
    "-",
    "+",
    "1-2",
  )
  .filter((each) => each !== "-")
  .map(word);

export const scalar = fc.oneof<fc.Arbitrary<Yaml>[]>(
  text,
  bareWord,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
export const whole = (max = 1000): fc.Arbitrary<Yaml> =>
  fc.oneof(fc.integer({ min: 0, max }), fc.integer({ min: 0, max }).map(String));
export const truth: fc.Arbitrary<Yaml> = fc.oneof(
  fc.boolean(),
  fc.constantFrom("true", "false", "yes", "Off"),
);
export const listOf = (item: fc.Arbitrary<Yaml>, maxLength = 3): fc.Arbitrary<Yaml> =>
  fc.array(item, { maxLength });
export const setOf = (item: fc.Arbitrary<Yaml>, maxLength = 3): fc.Arbitrary<Yaml> =>
  fc.uniqueArray(item, { maxLength, selector: (each) => JSON.stringify(each) });
export const record = (
  shape: Record<string, fc.Arbitrary<Yaml>>,
  requiredKeys: string[] = [],
): fc.Arbitrary<Yaml> => fc.record(shape, { requiredKeys });

export const pairs = fc.oneof(
  fc.dictionary(key, scalar, { maxKeys: 4 }) as fc.Arbitrary<Yaml>,
  setOf(
    fc.oneof(
      fc.tuple(key, text).map(([one, other]) => `${one}=${other}`),
      key,
    ),
  ),
);

export const duration = fc
  .array(
    fc.tuple(
      fc.constantFrom("1", "90", "1.5", ".5", "1000", "0"),
      fc.constantFrom("ns", "us", "ms", "s", "m", "h", "d", "w"),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => parts.map((part) => part.join("")).join(""));

export const size: fc.Arbitrary<Yaml> = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc
    .tuple(
      fc.constantFrom("1", "512", "1.5", "0.25", "77"),
      fc.constantFrom("", "b", "k", "kb", "M", "MB", "g", "GiB", " mb", "t"),
    )
    .map((part) => part.join("")),
);

export const portNumber = fc.integer({ min: 1, max: 65535 });
const range = fc.tuple(fc.integer({ min: 1, max: 60000 }), fc.integer({ min: 0, max: 12 }));
export const port: fc.Arbitrary<Yaml> = fc.oneof<fc.Arbitrary<Yaml>[]>(
  portNumber,
  fc
    .record({
      address: fc.constantFrom("", "127.0.0.1:", "[::1]:", "::1:", "0.0.0.0:"),
      outer: fc.oneof(portNumber.map(String), fc.constant("")),
      inner: portNumber.map(String),
      protocol: fc.constantFrom("", "/tcp", "/udp", "/sctp", "/UDP"),
    })
    .map(
      ({ address, outer, inner, protocol }) =>
        `${address}${outer}${address === "" && outer === "" ? "" : ":"}${inner}${protocol}`,
    ),
  fc
    .tuple(range, fc.integer({ min: 1, max: 50000 }))
    .map(
      ([[first, count], outer]) =>
        `${String(outer)}-${String(outer + count)}:${String(first)}-${String(first + count)}`,
    ),
  range.map(([first, count]) => `${String(first)}-${String(first + count)}:80`),
  record(
    {
      target: portNumber,
      published: fc.oneof(portNumber, portNumber.map(String), fc.constant("8000-8010")),
      protocol: fc.constantFrom("tcp", "udp"),
      mode: fc.constantFrom("host", "ingress"),
      host_ip: fc.constantFrom("127.0.0.1", "::1"),
      name: plainText,
      app_protocol: fc.constant("http"),
    },
    ["target"],
  ),
);

/** Each mount has a place of its own, or the project would be refused. */
const mountSource = fc.constantFrom(
  "./here",
  "../there",
  "/abs",
  "~/home",
  ".",
  "data",
  "logs",
  "x1",
  "./a/../b/",
);
const mountOptions = fc.constantFrom("", ":ro", ":rw", ":z", ":ro,Z", ":rshared", ":nocopy", ":fast");
const mount = (index: number): fc.Arbitrary<Yaml> => {
  const target = `/m${String(index)}`;
  return fc.oneof<fc.Arbitrary<Yaml>[]>(
    fc.constantFrom(target, `${target}/`, `${target}/x/../y`),
    fc.tuple(mountSource, mountOptions).map(([source, options]) => `${source}:${target}${options}`),
    record(
      {
        type: fc.constant("bind"),
        source: fc.constantFrom("./here", "/abs", "~/x"),
        target: fc.constant(target),
        read_only: truth,
        consistency: fc.constant("cached"),
        bind: record({
          propagation: fc.constant("rslave"),
          create_host_path: truth,
          selinux: fc.constant("z"),
          recursive: fc.constant("disabled"),
        }),
      },
      ["type", "source", "target"],
    ),
    record(
      {
        type: fc.constant("volume"),
        source: volumeName,
        target: fc.constant(target),
        volume: record({ nocopy: truth, subpath: plainText, labels: pairs }),
      },
      ["type", "target"],
    ),
    record(
      {
        type: fc.constant("image"),
        source: fc.constant("nginx"),
        target: fc.constant(target),
        image: record({ subpath: plainText }),
      },
      ["type", "source", "target"],
    ),
    record(
      {
        type: fc.constant("tmpfs"),
        target: fc.constant(target),
        tmpfs: record({ size, mode: fc.integer({ min: 0, max: 511 }) }),
      },
      ["type", "target"],
    ),
  );
};
export const mounts = fc
  .tuple(mount(1), mount(2), mount(3), fc.integer({ min: 0, max: 3 }))
  .map(([one, two, three, count]): Yaml => [one, two, three].slice(0, count));

export const command: fc.Arbitrary<Yaml> = fc.oneof<fc.Arbitrary<Yaml>[]>(
  listOf(text),
  fc
    .array(
      fc.constantFrom(
        "a",
        "'b c'",
        '"d e"',
        "f\\ g",
        "''",
        "-x",
        "--y=z",
        "h'i'j",
        "&&",
        "|",
        ">",
        "2>",
        "`k`",
        "\t",
      ),
      { maxLength: 5 },
    )
    .map((words) => words.join(" ")),
  fc.constant(null),
);

export const fileReferences = listOf(
  fc.oneof<fc.Arbitrary<Yaml>[]>(
    fc.constantFrom("key", "conf"),
    record(
      {
        source: fc.constantFrom("key", "conf"),
        target: fc.constantFrom("/t1", "t2"),
        uid: fc.constant("1"),
        gid: fc.constant("2"),
        mode: fc.oneof<fc.Arbitrary<Yaml>[]>(
          fc.integer({ min: 0, max: 511 }),
          fc.constantFrom("0440", "400"),
          fc.constant(word("0440")),
        ),
      },
      ["source"],
    ),
  ),
);

const limits = (value: fc.Arbitrary<Yaml>): fc.Arbitrary<Yaml> =>
  fc.dictionary(
    fc.constantFrom("nofile", "nproc", "core"),
    fc.oneof<fc.Arbitrary<Yaml>[]>(value, record({ soft: value, hard: value }, ["soft", "hard"])),
  );
export const ulimits = limits(whole());
/** Compose takes no text here, nor a variable. */
export const buildUlimits = limits(fc.integer({ min: 0, max: 1000 }));

export const hosts: fc.Arbitrary<Yaml> = fc.oneof(
  setOf(
    fc
      .tuple(
        fc.constantFrom("h1", "h2"),
        fc.constantFrom(":", "="),
        fc.constantFrom("1.1.1.1", "::1", "[::1]", "host-gateway"),
      )
      .map((part) => part.join("")),
  ),
  fc.dictionary(
    fc.constantFrom("h1", "h2"),
    fc.oneof<fc.Arbitrary<Yaml>[]>(fc.constantFrom("1.1.1.1", "::1"), fc.constant(["1.1.1.1", "[::2]"])),
  ) as fc.Arbitrary<Yaml>,
);
