/** What `docker compose up` does without being asked, a project does too. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { ComposeProject } from "../../components";
import { Deployment } from "./support/deployment";
import { docker } from "./support/docker";

jest.setTimeout(300_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-test-as-compose-"));
const stack = new Deployment("as-compose");

afterAll(async () => {
  await stack.cleanUp();
  fs.rmSync(folder, { recursive: true, force: true });
});

const project = (services: string) => async () => {
  const file = path.join(folder, "compose.yaml");
  fs.writeFileSync(
    file,
    `name: dw-test-as-compose\nx-quick: &quick { image: "debian:bookworm-slim", stop_grace_period: 1s, command: sleep infinity }\nservices:\n${services}\n`,
  );
  new ComposeProject("project", { files: file });
  await Promise.resolve();
};

const data = path.join(folder, "data", "deep");

it("P2 a missing folder of a bind mount is named by the preview, and Docker creates it", async () => {
  const program = project('  app: { <<: *quick, volumes: ["./data/deep:/data"] }');
  await stack.preview(program);
  expect(stack.printed).toContain(`${data} does not exist on the host; Docker creates it as an empty folder`);
  expect(fs.existsSync(data)).toBe(false);
  await stack.up(program);
  expect(fs.statSync(data).isDirectory()).toBe(true);
  expect(docker("exec", "dw-test-as-compose-app-1", "ls", "-d", "/data")).toBe("/data");
  expect((await stack.up(program)).steps).toEqual({});
});

it("P4 create_host_path: false refuses a missing folder, and nothing is created", async () => {
  const bind = "{ type: bind, source: ./never, target: /data, bind: { create_host_path: false } }";
  await expect(stack.up(project(`  app: { <<: *quick, volumes: [${bind}] }`))).rejects.toThrow(
    /never does not exist on the host/,
  );
  expect(fs.existsSync(path.join(folder, "never"))).toBe(false);
});
