import type { Linter } from "eslint";

/**
 * A component that reads the environment behaves differently on two machines with the same program, and one that logs by
 * itself can stop all others (see components/core/tell.ts).
 */
export const inComponents: Linter.RulesRecord = {
  "no-restricted-properties": [
    "error",
    {
      object: "process",
      property: "env",
      message: "a component gets everything as an argument, never from the environment",
    },
    {
      object: "pulumi",
      property: "log",
      message: "use tell() of components/core/tell.ts, which cannot hold up other resources",
    },
  ],
  "no-restricted-imports": [
    "error",
    {
      paths: ["process", "node:process"].map((name) => ({
        name,
        importNames: ["env"],
        message: "a component gets everything as an argument, never from the environment",
      })),
    },
  ],
};

const oneReader = "stacks/settings.ts is the only reader of pulumi.Config; pass the value as an argument";

/** One reader of the configuration: one place that knows every setting, its default and its check. */
export const noConfig: Linter.RulesRecord = {
  "no-restricted-syntax": [
    "error",
    {
      selector: "NewExpression[callee.type='MemberExpression'][callee.property.name='Config']",
      message: oneReader,
    },
    {
      selector: "ImportDeclaration[source.value='@pulumi/pulumi'] ImportSpecifier[imported.name='Config']",
      message: oneReader,
    },
  ],
};

/** A test that is left out proves nothing, and one that runs alone hides the others. */
export const noPartialTests: Linter.RulesRecord = {
  "no-restricted-syntax": [
    "error",
    {
      selector:
        "MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo|failing)$/], CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]",
      message: "every test runs, or is removed",
    },
  ],
};
