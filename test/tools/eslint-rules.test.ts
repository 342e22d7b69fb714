import { join } from "node:path";
import { Linter, type Rule, RuleTester } from "eslint";
import { parser } from "typescript-eslint";
import { inComponents, noConfig, noPartialTests, rules } from "../../tools/eslint-rules";

jest.setTimeout(120_000);
RuleTester.describe = describe;
RuleTester.it = it;

/** The rules ask the compiler what a resource is, so the code below is checked as a file of this repository. */
const root = join(__dirname, "../..");
const tester = new RuleTester({
  languageOptions: {
    parser,
    parserOptions: { projectService: { allowDefaultProject: ["*.ts"] }, tsconfigRootDir: root },
  },
});

interface Cases {
  readonly valid: readonly string[];
  readonly invalid: readonly (readonly [code: string, ...messageIds: string[]])[];
}

function check(name: keyof typeof rules, { valid, invalid }: Cases, frame: (code: string) => string): void {
  const filename = join(root, "a-file-of-a-test.ts");
  tester.run(name, rules[name] as unknown as Rule.RuleModule, {
    valid: valid.map((code) => ({ name: code, code: frame(code), filename })),
    invalid: invalid.map(([code, ...ids]) => ({
      name: code,
      code: frame(code),
      filename,
      errors: ids.map((messageId) => ({ messageId })),
    })),
  });
}

const imports = `
  import * as docker from "@pulumi/docker";
  import * as pulumi from "@pulumi/pulumi";
  declare function childOptions(parent: pulumi.Resource): pulumi.CustomResourceOptions;
  declare function helper(parent: pulumi.Resource): pulumi.CustomResourceOptions;
  class Store extends pulumi.ComponentResource {
    constructor(name: string, args: object, opts?: pulumi.ComponentResourceOptions) {
      super("t:m:Store", name, {}, opts);
    }
  }
`;

const inModule = (code: string): string => `${imports}\n${code}`;

const inConstructor = (code: string): string => `${imports}
  class Site extends pulumi.ComponentResource {
    constructor(name: string, args: { volumes: { key: string }[] }, opts: pulumi.ComponentResourceOptions) {
      super("t:m:Site", name, {}, opts);
      ${code}
    }
  }`;

check(
  "no-resource-in-apply",
  {
    valid: [
      `const id = pulumi.output("a").apply((value) => new URL(value).host);`,
      `const net = new docker.Network("net"); net.name.apply((name) => name.length);`,
      `["a"].map((name) => new docker.Volume(name));`,
    ],
    invalid: [
      [`pulumi.output("a").apply((name) => new docker.Volume(name));`, "inApply"],
      [
        `pulumi.all(["a"]).apply(([name]) => { const made = [new Store(name, {})]; return made; });`,
        "inApply",
      ],
      [
        `pulumi.output(["a"]).apply((names) => names.map(function (each) { return new docker.Volume(each); }));`,
        "inApply",
      ],
    ],
  },
  inModule,
);

check(
  "child-has-parent",
  {
    valid: [
      `new docker.Volume(name, {}, { parent: this });`,
      `const child = { parent: this }; new docker.Volume(name, {}, child);`,
      `const child = { parent: this }; new docker.Volume(name, {}, { ...child, protect: true });`,
      `new docker.Volume(name, {}, pulumi.mergeOptions({ parent: this }, { protect: true }));`,
      `new docker.Volume(name, {}, childOptions(this));`,
      `new Store(name, {}, opts.protect === true ? { parent: this, protect: true } : { parent: this });`,
      `new URL(name);`,
    ],
    invalid: [
      [`new docker.Volume(name);`, "noParent"],
      [`new docker.Volume(name, { driver: "local" });`, "noParent"],
      [`new docker.Volume(name, {}, { protect: true });`, "noParent"],
      [`new docker.Volume(name, {}, { parent: undefined });`, "noParent"],
      [`new docker.Volume(name, {}, opts);`, "noParent"],
      [`new docker.Volume(name, {}, helper(this));`, "noParent"],
      [`new docker.Volume(name, {}, pulumi.mergeOptions(opts, { protect: true }));`, "noParent"],
      [`new Store(name, {}, opts.protect === true ? { parent: this } : {});`, "noParent"],
    ],
  },
  inConstructor,
);

check(
  "child-name-from-name",
  {
    valid: [
      `new docker.Volume(name);`,
      "new docker.Volume(`${name}-data`);",
      `const own = name + "-data"; new docker.Volume(own);`,
      "args.volumes.map((each) => new docker.Volume(`${name}-${each.key}`));",
      `new URL("file:///tmp");`,
    ],
    invalid: [
      [`new docker.Volume("data");`, "literal"],
      [`const fixed = "data"; new docker.Volume(fixed);`, "literal"],
      ["args.volumes.map((each) => new docker.Volume(each.key));", "literal"],
      ["args.volumes.map((_, index) => new docker.Volume(`${name}-${index}`));", "index"],
      [`new Store("store", {});`, "literal"],
    ],
  },
  inConstructor,
);

check(
  "register-outputs-last",
  {
    valid: [
      `class A extends pulumi.ComponentResource { constructor() { super("t:m:A", "a"); this.registerOutputs({}); } }`,
      `class A extends Map { constructor() { super(); } }`,
    ],
    invalid: [
      [`class A extends pulumi.ComponentResource {}`, "missing"],
      [`class A extends pulumi.ComponentResource { constructor() { super("t:m:A", "a"); } }`, "missing"],
      [
        `class A extends pulumi.ComponentResource { constructor() { super("t:m:A", "a"); this.registerOutputs({}); void 0; } }`,
        "missing",
      ],
      [
        `class A extends pulumi.ComponentResource { constructor(b: boolean) { super("t:m:A", "a"); if (b) { this.registerOutputs({}); } } }`,
        "missing",
      ],
    ],
  },
  (code) => `import * as pulumi from "@pulumi/pulumi";\n${code}`,
);

describe.each([
  ["the environment", inComponents, `process.env.HOME;`, true],
  ["the environment by key", inComponents, `process["env"];`, true],
  ["the environment taken apart", inComponents, `const { env } = process;`, true],
  ["the environment imported", inComponents, `import { env } from "node:process";`, true],
  ["the platform", inComponents, `process.platform;`, false],
  ["a log of its own", inComponents, `pulumi.log.warn("text");`, true],
  ["the configuration", noConfig, `new pulumi.Config();`, true],
  ["the configuration imported", noConfig, `import { Config } from "@pulumi/pulumi";`, true],
  ["another class", noConfig, `new pulumi.Output();`, false],
  ["a test that runs alone", noPartialTests, `it.only("a", () => {});`, true],
  ["a group that is left out", noPartialTests, `describe.skip("a", () => {});`, true],
  ["a test that is left out", noPartialTests, `xit("a", () => {});`, true],
  ["a test", noPartialTests, `it("a", () => {});`, false],
])("restriction on %s", (_, restriction, code, refused) => {
  it(`${refused ? "refuses" : "accepts"} ${code}`, () => {
    const found = new Linter().verify(code, { rules: restriction });
    expect(found.filter((each) => each.fatal === true)).toEqual([]);
    expect(found.length > 0).toBe(refused);
  });
});
