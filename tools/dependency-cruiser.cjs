"use strict";

/**
 * The import rules of docs/architecture.md. A module has one kind of Docker object; the name of a file shows whether it has side effects.
 *
 * - `engine.ts`, `engine/`: conversations with a Docker Engine;
 * - `lifecycle.ts`, `lifecycle/`: what a run does around the creation of a resource;
 * - `disk.ts`, `disk/`: files of this machine;
 * - a file that is named after its class (see below): creates resources;
 * - any other file of a module is pure.
 */

/** A package (`npm("zod")`) as a pattern of resolved paths. */
const npm = (name) => `(^|/)node_modules/(@types/)?${name}/`;
const pulumi = npm("@pulumi/[^/]+");
const network = "^(node:)?(child_process|net|http|https|http2|tls|dgram|dns|cluster|worker_threads)$";
const disk = "^(node:)?(fs|fs/promises|os)$";

const publicSurface = "^components/index\\.ts$";
const core = "^components/core/";
/** Files or folders below `components/` with such a name. */
const called = (name) => [`^components/${name}/`, `^components/.+/${name}/`, `^components/.+/${name}\\.ts$`];
const engine = called("engine");
const lifecycle = called("lifecycle");
/** The run for all components together; what it decides in (`plan/`) and from (`look/`) is pure. */
const deployment = "^components/deployment/(?!plan/|look/)";
const diskFile = called("disk");
/** What creates resources: the classes, and the makers of the two that make others from a file. */
const classes = [
  "container/(container|job/job)",
  "image/image",
  "network/bridge-network",
  "volume/volume",
  "registry/(registry|registry-push)",
  "host/docker-host",
  "gateway/(gateway|web-service)",
  "swarm/(swarm-service|swarm-secret|swarm-config|overlay-network)",
  "compose/(compose-project|compose-service|swarm-stack|reading|maker)",
  "compose/(host|swarm)/maker",
].map((file) => `^components/${file}\\.ts$`);
/** Programs of their own: they do what they do with all of the others. */
const programs = "^components/(cli|testing)/";
/** What is not pure, beside the disk. */
const doers = [...engine, ...lifecycle, deployment, ...classes];

module.exports = {
  forbidden: [
    {
      name: "core",
      comment: "core is machinery without Docker's words: @pulumi/pulumi, zod and the modules of Node only",
      severity: "error",
      from: { path: core },
      to: {
        pathNot: [core, npm("@pulumi/pulumi"), npm("zod"), npm("fastest-levenshtein")],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "pure",
      comment:
        "only engine, lifecycle, deployment and the classes act, by the names of their files; of them the others know types",
      severity: "error",
      from: { path: "^components/", pathNot: [...doers, core, programs, publicSurface] },
      to: { path: [...doers, pulumi, npm("dockerode")], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "without-network",
      comment: "only an engine file or a program talks to a network or a process",
      severity: "error",
      from: {
        path: "^components/",
        // They ask `isIP` of `net`, which is about text.
        pathNot: [...engine, programs, "^components/compose/(keys/aspects/rule|model/normalise/ports)\\.ts$"],
      },
      to: { path: network },
    },
    {
      name: "without-disk",
      comment:
        "only a disk file, an engine file, a program, the policy pack and a PNG's face read files of this machine",
      severity: "error",
      from: {
        path: "^components/",
        pathNot: [
          ...engine,
          programs,
          ...diskFile,
          "^components/(policy/pack|review/topology/draw/png)\\.ts$",
        ],
      },
      to: { path: disk },
    },
    {
      name: "engine",
      comment: "an engine file knows the Engine and what is pure, and nothing of Pulumi or of a run",
      severity: "error",
      from: { path: engine },
      to: { path: [...lifecycle, deployment, ...classes, pulumi] },
    },
    {
      name: "deployment",
      comment:
        "a run uses only the common interface of its members: it imports from modules only types of pure files",
      severity: "error",
      from: { path: deployment },
      to: { path: [...lifecycle, ...classes] },
    },
    {
      name: "lifecycle",
      comment: "a lifecycle file knows resources, not the classes that make them",
      severity: "error",
      from: { path: lifecycle },
      to: { path: classes },
    },
    {
      name: "class-uses-class",
      comment:
        "classes know each other as types only (`import type`); Compose, gateways, web services and services of a swarm construct others",
      severity: "error",
      from: {
        path: classes,
        pathNot: ["^components/compose/", "^components/gateway/", "^components/swarm/swarm-service\\.ts$"],
      },
      to: { path: classes, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "loaded-when-used",
      comment: "a program with a container loads neither Compose, Swarm nor policy code",
      severity: "error",
      from: {
        path: "^components/(core|container|image|network|volume|registry|host|gateway|deployment|engine|provider)/",
      },
      to: {
        path: "^components/(compose|swarm|policy|review|cli|testing)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "review-and-policy",
      comment: "what judges programs, files and hosts makes nothing",
      severity: "error",
      from: { path: "^components/(review|policy)/" },
      to: { path: ["^components/(cli|testing)/", ...doers] },
    },
    {
      name: "cli",
      comment: "the command makes no resource",
      severity: "error",
      from: { path: "^components/cli/" },
      to: { path: [...classes, ...lifecycle, deployment, pulumi] },
    },
    {
      name: "testing",
      comment: "testing knows programs by what they register",
      severity: "error",
      from: { path: "^components/testing/" },
      to: { path: [...doers, "^components/(cli|compose|review)/", npm("@pulumi/docker")] },
    },
    {
      name: "programs-are-last",
      comment: "no component knows that it is tested, or run by the command",
      severity: "error",
      from: { path: "^(components|stacks|index\\.ts)", pathNot: programs },
      to: { path: programs },
    },
    {
      name: "stacks",
      comment:
        "stacks compose, from components/index.ts; their settings know the machinery of checks, zod and @pulumi/pulumi",
      severity: "error",
      from: { path: "^stacks/" },
      to: {
        pathNot: ["^stacks/", publicSurface, core, npm("zod"), npm("@pulumi/pulumi")],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "reference-deployment",
      comment: "the reference deployment composes: components/index.ts and stacks/ only",
      severity: "error",
      from: { path: "^index\\.ts$" },
      to: { pathNot: [publicSurface, "^stacks/"], dependencyTypesNot: ["core"] },
    },
    {
      name: "apps",
      comment: "image sources do not depend on the repository",
      severity: "error",
      from: { path: "^apps/" },
      to: { pathNot: ["^apps/", "(^|/)node_modules/"], dependencyTypesNot: ["core"] },
    },
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
      to: { circular: true },
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
