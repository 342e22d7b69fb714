import {
  environmentOf,
  outcome,
  pluginArguments,
  pluginRunner,
  programArguments,
} from "../../tools/language-host/invocation";
import { configEnvironment, resolveFrom, typescriptEnvironment } from "../../tools/language-host/invocation";
import { runtimeOptions, words } from "../../tools/language-host/options";

const program = {
  engine: "127.0.0.1:1",
  monitor: "127.0.0.1:2",
  organization: "organization",
  project: "shop",
  stack: "dev",
  rootDirectory: "/shop",
  programDirectory: "/shop/infra",
  entryPoint: "index.ts",
  dryRun: false,
  parallel: 16,
  args: [],
};

describe("runtime options", () => {
  test("a program is TypeScript unless it says otherwise", () => {
    expect(runtimeOptions()).toEqual({ typescript: true, nodeargs: [] });
    expect(runtimeOptions({ typescript: false }).typescript).toBe(false);
  });

  test("tsconfig and nodeargs are taken, other types and other options are not", () => {
    const given = {
      tsconfig: "infra/tsconfig.json",
      nodeargs: "--trace-warnings --stack-size=2000",
      packagemanager: "yarn",
    };
    expect(runtimeOptions(given)).toEqual({
      typescript: true,
      tsconfig: "infra/tsconfig.json",
      nodeargs: ["--trace-warnings", "--stack-size=2000"],
    });
    expect(runtimeOptions({ tsconfig: 1, nodeargs: ["--a"] })).toEqual({ typescript: true, nodeargs: [] });
  });

  test.each([
    ["", []],
    ["  --a   --b ", ["--a", "--b"]],
    [`--require "./two words.js" --x='y z'`, ["--require", "./two words.js", "--x=y z"]],
    [`--title="it's"`, ["--title=it's"]],
  ])("words of %p", (line, expected) => expect(words(line)).toEqual(expected));
});

describe("how a program is started", () => {
  test("Node's own arguments, the runner, what it asks for, the entry point", () => {
    const options = runtimeOptions({ nodeargs: "--trace-warnings" });
    expect(programArguments("/run.js", program, options).join(" ")).toBe(
      "--trace-warnings /run.js --monitor 127.0.0.1:2 --engine 127.0.0.1:1 --organization organization --project shop" +
        " --stack dev --root-directory /shop --pwd /shop/infra --parallel 16 index.ts",
    );
  });

  test("a preview is a dry run; what is empty is left out; arguments of the program come last", () => {
    const preview = { ...program, organization: "", dryRun: true, entryPoint: "", args: ["--size", "2"] };
    const args = programArguments("/run.js", preview, runtimeOptions());
    expect(args).not.toContain("--organization");
    expect(args.slice(-4)).toEqual(["--dry-run", ".", "--size", "2"]);
  });

  test("configuration travels in the environment, with the names of the secret keys", () => {
    expect(configEnvironment(new Map([["shop:port", "8080"]]), ["shop:password"])).toEqual({
      PULUMI_CONFIG: '{"shop:port":"8080"}',
      PULUMI_CONFIG_SECRET_KEYS: '["shop:password"]',
    });
  });

  test("the environment selects TypeScript and keeps the rest", () => {
    const options = runtimeOptions({ tsconfig: "tsconfig.json" });
    expect(typescriptEnvironment(options, { HOME: "/home/me" })).toEqual({
      HOME: "/home/me",
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_TSCONFIG_PATH: "tsconfig.json",
    });
    expect(typescriptEnvironment(runtimeOptions({ typescript: false }), {})).toEqual({});
  });

  test("the SDK is the one the program's folder resolves", () => {
    expect(resolveFrom(process.cwd(), "@pulumi/pulumi/cmd/run")).toMatch(
      /node_modules\/@pulumi\/pulumi\/cmd\/run\/index\.js$/,
    );
    expect(resolveFrom("/", "@pulumi/pulumi/cmd/run")).toBeUndefined();
  });
});

describe("how a plugin is started", () => {
  test("a policy pack takes its folder last, a component package first", () => {
    const plugin = { directory: "/pack", args: ["127.0.0.1:1"] };
    expect(pluginRunner("analyzer")).toBe("@pulumi/pulumi/cmd/run-policy-pack");
    expect(pluginArguments("/r.js", { ...plugin, kind: "analyzer" }, runtimeOptions())).toEqual([
      "/r.js",
      "127.0.0.1:1",
      "/pack",
    ]);
    expect(pluginRunner("resource")).toBe("@pulumi/pulumi/cmd/run-plugin");
    expect(pluginArguments("/r.js", { ...plugin, kind: "resource" }, runtimeOptions())).toEqual([
      "/r.js",
      "/pack",
      "127.0.0.1:1",
    ]);
  });

  test("its environment comes as lines", () => {
    expect(environmentOf(["A=1", "B=x=y", "C=", "none"])).toEqual({ A: "1", B: "x=y", C: "" });
  });
});

test.each([
  [0, null, {}],
  [32, null, { bail: true }],
  [1, null, { error: "the program exited with code 1" }],
  [null, "SIGKILL", { error: "the program was ended by SIGKILL" }],
])("an end with code %p and signal %p", (code, signal, expected) =>
  expect(outcome(code, signal)).toEqual(expected),
);
