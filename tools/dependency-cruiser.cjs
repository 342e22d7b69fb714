"use strict";

/** Who may import whom: the table of docs/architecture.md, row by row. */

/** A folder of ours, or a package (`npm("zod")`), as a pattern of resolved paths. */
const npm = (name) => `^node_modules/(@types/)?${name}/`;
const internal = "^components/internal/";
/** What is pure and knows Docker's words: values, the table of container arguments, the provider's words. */
const values = "^components/(values|container|provider)/";
const componentFile = "^components/[^/]+\\.ts$";
const publicSurface = "^components/index\\.ts$";
/** The components that read Compose files, and what they share. */
const composeFiles =
  "^components/(compose|compose-maker|compose-reading|swarm-stack|swarm-stack-maker)\\.ts$";
const pulumi = npm("@pulumi/[^/]+");

/** A row of the table: `from` may import `allowed` and, unless told otherwise, the modules of Node. */
const layer = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ["core"] },
});

module.exports = {
  forbidden: [
    layer(
      "internal",
      internal,
      [internal, npm("@pulumi/pulumi"), npm("zod"), npm("fastest-levenshtein")],
      "machinery without Docker words: @pulumi/pulumi and zod only",
    ),
    layer(
      "values",
      values,
      [values, internal, npm("zod"), npm("@balena/dockerignore"), pulumi],
      "values know Docker's words: internal, zod and types of @pulumi/* only",
    ),
    {
      name: "values-without-engine",
      comment: "values know nothing of Pulumi's engine: import types of @pulumi/* only (`import type`)",
      severity: "error",
      from: { path: values },
      to: { path: pulumi, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "values-without-host",
      comment: "internal and values hold no conversation: no network and no process",
      severity: "error",
      from: { path: [internal, values] },
      to: { path: "^(node:)?(child_process|net|http|https|http2|tls|dgram|dns|cluster|worker_threads)$" },
    },
    {
      name: "compose",
      comment: "compose is pure: values, internal, zod and parsing libraries only",
      severity: "error",
      from: { path: "^components/compose/" },
      to: {
        path: ["^components/", "^stacks/", pulumi, npm("dockerode")],
        pathNot: [values, internal, "^components/compose/"],
      },
    },
    {
      name: "review",
      comment: "review is pure: values, internal, zod and drawing libraries only",
      severity: "error",
      from: { path: "^components/review/" },
      to: {
        path: ["^components/", "^stacks/", pulumi, npm("dockerode")],
        pathNot: [values, internal, "^components/review/"],
      },
    },
    {
      name: "review-without-host",
      comment:
        "review holds no conversation: no network, no process, no file but the face and the rasteriser of a PNG",
      severity: "error",
      from: { path: "^components/review/", pathNot: "^components/review/topology/png\\.ts$" },
      to: { path: "^(node:)?(child_process|fs|fs/promises|net|http|https|http2|tls|dgram|dns|os)$" },
    },
    layer(
      "policy",
      "^components/policy/",
      ["^components/policy/", "^components/compose/", values, internal, npm("zod")],
      "policy knows compose, values, internal and zod only",
    ),
    layer(
      "daemon",
      "^components/daemon/",
      ["^components/daemon/", values, internal, npm("dockerode")],
      "daemon knows values, internal and dockerode only",
    ),
    layer(
      "deployment",
      "^components/deployment/",
      [
        "^components/deployment/",
        "^components/daemon/",
        "^components/provider/",
        values,
        internal,
        npm("@pulumi/pulumi"),
        npm("dockerode"),
      ],
      "a run knows what its members have in common: daemon, provider, values, internal and @pulumi/pulumi only",
    ),
    layer(
      "lifecycle",
      "^components/lifecycle/",
      [
        "^components/lifecycle/",
        "^components/deployment/",
        "^components/daemon/",
        values,
        internal,
        npm("@pulumi/(docker|pulumi)"),
        npm("dockerode"),
      ],
      "lifecycle binds resources to the host: daemon, values, internal and @pulumi/* only",
    ),
    layer(
      "cli",
      "^components/cli/",
      ["^components/(cli|review|compose|policy|daemon|internal|provider)/"],
      "the command is thin: review, compose, policy, daemon, internal and the provider's words only",
    ),
    layer(
      "testing",
      "^components/testing/",
      ["^components/(testing|policy|provider)/", internal, npm("@pulumi/pulumi")],
      "testing knows programs by what they register: policy, the provider's words, internal and @pulumi/pulumi only",
    ),
    {
      name: "testing-is-for-tests",
      comment: "no component knows that it is tested",
      severity: "error",
      from: { path: "^(components|stacks|index\\.ts)", pathNot: "^components/testing/" },
      to: { path: "^components/testing/" },
    },
    {
      ...layer(
        "component",
        componentFile,
        [values, internal, "^components/(daemon|deployment|lifecycle)/", pulumi, npm("zod"), componentFile],
        "a component knows values, internal, daemon, deployment, lifecycle, zod and @pulumi/* only",
      ),
      from: { path: componentFile, pathNot: [composeFiles] },
    },
    {
      name: "component-uses-component",
      comment:
        "components know each other as types only (`import type`); compose, gateway, service and swarm-service construct others",
      severity: "error",
      from: {
        path: componentFile,
        pathNot: [publicSurface, composeFiles, "^components/(gateway|service|swarm-service)\\.ts$"],
      },
      to: { path: componentFile, dependencyTypesNot: ["type-only"] },
    },
    layer(
      "stacks",
      "^stacks/",
      ["^stacks/", publicSurface, "^components/internal/", npm("zod"), npm("@pulumi/pulumi")],
      "stacks compose, from components/index.ts; their settings know the machinery of checks, zod and @pulumi/pulumi",
    ),
    layer(
      "deployment",
      "^index\\.ts$",
      [publicSurface, "^stacks/"],
      "the reference deployment composes: components/index.ts and stacks/ only",
    ),
    layer(
      "apps",
      "^apps/",
      ["^apps/", "^node_modules/"],
      "what an image is built from knows nothing of the repository",
    ),
    {
      name: "imported-by-nothing",
      comment: "nothing that is published or deployed imports tools, test, bench or index.ts",
      severity: "error",
      from: { pathNot: "^(tools|test|bench)/" },
      to: { path: ["^(tools|test|bench)/", "^index\\.ts$"] },
    },
    {
      name: "library-stands-alone",
      comment: "the library is published without the rest of the repository",
      severity: "error",
      from: { path: "^components/" },
      to: { path: ["^stacks/", "^apps/"] },
    },
    {
      name: "published-dependency",
      comment: "what the library imports at run time must be in `dependencies` or `peerDependencies`",
      severity: "error",
      from: { path: "^components/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["npm", "npm-peer", "type-only"],
      },
    },
    {
      name: "no-cycle",
      comment: "a cycle means that two files are one idea, or that one of them knows too much",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "every import leads somewhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage|\\.dockwright)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "types", "default"],
    },
  },
};
