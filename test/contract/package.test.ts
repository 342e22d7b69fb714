import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installPackage, type StagedPackage, stagePackage } from "../../tools/stage-package";
import { userTests } from "./user-tests";

jest.setTimeout(180_000);

const root = resolve(__dirname, "../..");

/** A renamed or lost export breaks somebody's program: change this list on purpose only. */
const exportedNames = [
  "BridgeNetwork",
  "ComposeProject",
  "Container",
  "DockerHost",
  "Dockerfile",
  "Gateway",
  "Image",
  "Job",
  "OverlayNetwork",
  "Registry",
  "RegistryPush",
  "SwarmConfig",
  "SwarmSecret",
  "SwarmService",
  "SwarmStack",
  "Volume",
  "WebService",
  "expand",
  "ordinaryCapabilities",
];

/** tsconfig.json as `pulumi new typescript` writes it: neither `skipLibCheck` nor `esModuleInterop`. */
const ofPulumiNew = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "commonjs",
  moduleResolution: "node",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

const byExports = {
  module: "nodenext",
  moduleResolution: "nodenext",
  target: "ES2022",
  strict: true,
  types: [],
};

/** The declarations of `@pulumi/policy` do not compile without `skipLibCheck`. */
const besidePolicies = { ...ofPulumiNew, skipLibCheck: true, pretty: false };

const program = `
import { BridgeNetwork, Container, type ContainerArgs, Image, type PortMapping, Volume } from "dockwright";

const front = new BridgeNetwork("front", {});
const data = new Volume("data", {});
const ports: readonly PortMapping[] = [{ container: 80, host: 8080 }];
const web: ContainerArgs = { image: new Image("web", { reference: "nginx:1.27" }), ports, networks: [front] };
export const id = new Container("web", web).containerId;
export const volume = data;

// @ts-expect-error a type that got lost would accept anything
export const wrong: PortMapping = { container: true };
`;

/** A project of a user: the unpacked tarball in node_modules, beside what npm would install with it. */
describe("the packed package", () => {
  let library: StagedPackage;
  let project: string;
  const cleanUps: (() => void)[] = [];

  beforeAll(async () => {
    library = await stagePackage();
    project = mkdtempSync(join(tmpdir(), "dockwright-user-"));
    cleanUps.push(library.remove, () => {
      rmSync(project, { recursive: true, force: true });
    });
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
    installPackage(library, project);
    for (const [name, text] of Object.entries(userTests)) writeFileSync(join(project, name), text);
  });

  afterAll(() => {
    for (const cleanUp of cleanUps) cleanUp();
  });

  it("exports exactly the pinned names", () => {
    const script = `process.stdout.write(Object.keys(require("dockwright")).sort().join(" "))`;
    const names = execFileSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" });
    expect(names.split(" ")).toEqual(exportedNames);
  });

  it("gives the same names to an ES module", () => {
    const script = `import * as all from "dockwright"; process.stdout.write(Object.keys(all).sort().join(" "))`;
    const args = ["--input-type=module", "-e", script];
    const names = execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" }).split(" ");
    expect(names).toEqual(expect.arrayContaining(exportedNames));
  });

  const node = (...args: string[]) =>
    spawnSync(process.execPath, args, {
      cwd: project,
      encoding: "utf8",
      env: { ...process.env, CI: "true" },
    });

  it.each([
    ["in a project that `pulumi new typescript` made", ofPulumiNew, ["index.ts", "typed.ts", "judged.ts"]],
    ["by the exports of the package", byExports, ["index.ts", "typed.ts", "judged.ts"]],
    ["beside a policy pack", besidePolicies, ["pack.ts"]],
  ])("type-checks a program and its test %s", (_, compilerOptions, files) => {
    writeFileSync(join(project, "index.ts"), program);
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const { stdout, status } = node(join(root, "node_modules/typescript/bin/tsc"), "-p", project, "--noEmit");
    expect([status, stdout]).toEqual([0, ""]);
  });

  it("loads what one container needs, and nothing else", () => {
    const { stdout, stderr, status } = node("one-container.js");
    expect([status, stderr]).toEqual([0, ""]);
    const { container, loaded, milliseconds } = JSON.parse(stdout) as {
      container: string;
      loaded: string[];
      milliseconds: Record<"entry" | "program", number>;
    };
    expect(container).toBe("web-id");
    expect(loaded).toContain(join("dist", "container", "container.js"));
    const ofOthers = /^dist.(cli|compose|container.job|gateway|policy|review|swarm|testing)\b/;
    expect(loaded.filter((path) => ofOthers.test(path))).toEqual([]);
    const packages = new Set(loaded.filter((path) => !/^(dist|@pulumi)./.test(path)));
    expect([...packages].sort()).toEqual(["fastest-levenshtein", "zod"]);
    process.stdout.write(`CPU milliseconds beyond Pulumi's own packages: ${JSON.stringify(milliseconds)}\n`);
    expect(milliseconds.entry).toBeLessThanOrEqual(60);
  });

  it("exports exactly these names for tests", () => {
    const list = `process.stdout.write(Object.keys(require("dockwright/testing")).sort().join(" "))`;
    expect(node("-e", list).stdout.split(" ")).toEqual([
      "UNKNOWN",
      "expectNoFindings",
      "findingsOf",
      "run",
      "valueOf",
    ]);
  });

  it("lets a plain script test a program", () => {
    const { stdout, stderr, status } = node("script.js");
    expect([status, stderr, stdout]).toEqual([0, "", "user-prod-web\n"]);
  });

  it("lets jest test a program", () => {
    const { stderr, status } = node(join(root, "node_modules/jest/bin/jest.js"), "--rootDir", project);
    expect(stderr).toMatch(/Tests: +3 passed, 3 total/);
    expect(status).toBe(0);
  });

  it("contains the compiled library and its documents, and no sources", () => {
    const listed = execFileSync("tar", ["-tzf", library.tarball], { encoding: "utf8" }).trim().split("\n");
    const outside = listed.filter((path) => !/^package\/dist\/.+\.(js|d\.ts)$/.test(path)).sort();
    expect(outside).toEqual([
      "package/CHANGELOG.md",
      "package/LICENSE",
      "package/README.md",
      "package/package.json",
    ]);
  });
});
