/** Compose files as tutorials write them: each does what it is for, and is what `docker compose up` makes of it. */

import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { explains, told } from "../compose/parity/compare";
import { differences, type Known } from "../compose/parity/differences";
import { inspect } from "./support/docker";
import { freePort } from "./support/free-port";
import { Sample } from "./support/sample";

jest.setTimeout(600_000);

const needed = new Set<Known>();

/** What holds of every sample, once it is up. */
function always(sample: Sample, service: string): void {
  it("P1 has nothing to do at the second up", async () => {
    expect((await sample.up()).steps).toEqual({});
  });

  it("answers to docker compose ps, logs, exec and top", () => {
    expect(sample.compose("ps", "--services").split("\n")).toContain(service);
    expect(sample.exec(service, "echo", "here")).toBe("here");
    expect(sample.compose("top", service)).toMatch(/\bPID\b/);
    expect(() => sample.compose("logs", service)).not.toThrow();
  });

  it("equals the result of docker compose up, except for the known differences", async () => {
    const unknown = (await sample.differences()).filter((each) => {
      const known = differences.filter((entry) => explains(entry, each));
      for (const entry of known) needed.add(entry);
      return known.length === 0;
    });
    expect(unknown.map(told)).toEqual([]);
  });

  afterAll(() => sample.cleanUp());
}

describe("a message queue", () => {
  const sample = new Sample("queue");
  const sent = Array.from({ length: 200 }, (_, index) => `order ${String(index + 1)}`);

  it("receives every message that was sent", async () => {
    await sample.up();
    const received = (): string[] => sample.exec("consumer", "cat", "/data/orders").split("\n");
    await until(() => received().length >= sent.length);
    expect(received()).toEqual(sent);
    expect(sample.compose("logs", "producer")).toContain("sent 200 orders");
  });

  always(sample, "consumer");
});

describe("a web, an application and a database", () => {
  const sample = new Sample("web-app-db");
  const book = (): string => `http://127.0.0.1:${sample.environment["WEB_PORT"] ?? ""}/`;
  const read = async (): Promise<string> => (await fetch(book())).text();

  it("reads back what was written through the web", async () => {
    sample.environment = { WEB_PORT: String(await freePort()) };
    await sample.up();
    await fetch(book(), { method: "POST", body: "Ada was here" });
    expect(await read()).toBe("Ada was here\n");
  });

  it("P8 keeps the database's password out of the output, the state and docker inspect", () => {
    const password = "an-example-of-a-password";
    expect(sample.exec("db", "cat", "/run/secrets/db_password")).toBe(password);
    const shown = ["web", "app", "db"].map((service) => inspect<unknown>(`${sample.project}-${service}-1`));
    expect(sample.stack.printed + sample.stack.stateFiles() + JSON.stringify(shown)).not.toContain(password);
  });

  it("P5 still has it after destroy and up", async () => {
    await sample.stack.destroy();
    await sample.up();
    expect(await read()).toBe("Ada was here\n");
  });

  always(sample, "app");
});

describe("a scaled worker", () => {
  const sample = new Sample("scaled-worker");
  const edit = (from: string, to: string): void => {
    writeFileSync(sample.file, readFileSync(sample.file, "utf8").replace(from, to));
  };
  const addresses = (): string[] => [
    ...new Set(sample.exec("client", "getent", "ahostsv4", "worker").match(/^\S+/gm)),
  ];

  it("is five containers behind one name", async () => {
    await sample.up();
    expect(sample.compose("ps", "--quiet", "worker").split("\n")).toHaveLength(5);
    expect(addresses()).toHaveLength(5);
  });

  it("P2 scaled to two by one edit, it deletes three, as the preview shows", async () => {
    edit("replicas: 5", "replicas: 2");
    expect(await sample.stack.preview(sample.program)).toEqual({
      "Container it-worker-3": "delete",
      "Container it-worker-4": "delete",
      "Container it-worker-5": "delete",
    });
    await sample.up();
    expect(addresses()).toHaveLength(2);
  });

  always(sample, "worker");
});

describe("an isolated network", () => {
  const sample = new Sample("isolated-network");
  const address = (service: string): string =>
    Object.values(inspect(`${sample.project}-${service}-1`).NetworkSettings.Networks)[0]?.IPAddress ?? "";
  const reaches = (from: string, to: string): boolean => {
    try {
      const question = `exec 3<>/dev/tcp/${to}/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3`;
      return sample.exec(from, "timeout", "2", "bash", "-c", question).includes("200 OK");
    } catch {
      return false;
    }
  };
  const isInternal = (network: string): boolean =>
    inspect<{ Internal: boolean }>(`${sample.project}_${network}`, "network").Internal;

  it("lets a service reach those on its networks", async () => {
    await sample.up();
    expect(reaches("web", "api")).toBe(true);
    expect(reaches("api", "db")).toBe(true);
    expect(reaches("db", "internal-api")).toBe(true);
    expect((await fetch(`http://${sample.compose("port", "web", "80")}/`)).status).toBe(200);
  });

  it("P9 is not reachable from others, by name or by address, and has no external access", () => {
    expect(reaches("web", "db")).toBe(false);
    expect(reaches("web", address("db"))).toBe(false);
    expect(reaches("db", "web")).toBe(false);
    expect(reaches("db", address("web"))).toBe(false);
    expect(["frontend", "backend"].map(isInternal)).toEqual([false, true]);
  });

  always(sample, "api");
});

describe("many keys of a service", () => {
  const sample = new Sample("many-keys");

  it("comes up", async () => {
    await sample.up();
    expect(sample.exec("all", "cat", "/files/note")).toBe("of the host");
  });

  always(sample, "all");
});

it("every known difference is one", () => {
  expect(differences.filter((each) => !needed.has(each))).toEqual([]);
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("it did not come to hold within a minute");
    await delay(200);
  }
}
