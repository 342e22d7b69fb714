import { createRequire } from "node:module";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const require = createRequire(import.meta.url);
require("ts-node").register({ transpileOnly: true });
const { rules, inComponents, noConfig, noPartialTests } = require("./tools/eslint-rules/index.ts");

export default defineConfig(
  { ignores: ["dist/", "coverage/", ".dockwright/", "apps/", "**/*.js", "**/*.cjs", "**/*.mjs"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { dockwright: { rules } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "dockwright/no-resource-in-apply": "error",
      "dockwright/register-outputs-last": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-warning-comments": "error",
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      ...inComponents,
      ...noConfig,
      "dockwright/child-has-parent": "error",
      "dockwright/child-name-from-name": "error",
    },
  },
  { files: ["index.ts", "stacks/**/*.ts"], ignores: ["stacks/settings.ts"], rules: noConfig },
  {
    files: ["test/**/*.ts"],
    rules: {
      ...noPartialTests,
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
);
