/** P4: a failure is never green, not on the first `up`, not on the retry; the corrected program goes through. */

import { createServer, type Server } from "node:net";

import { Container, type ContainerArgs, Image } from "../../components";
import { Deployment } from "./support/deployment";
import { docker, exists, inspect } from "./support/docker";

jest.setTimeout(300_000);

/** The provider takes a failed container for a good one most easily where both are given: it then computes neither. */
const words = {
  command: { command: ["sleep", "1000"] },
  "entrypoint and command": { entrypoint: ["sleep"], command: ["1000"] },
} satisfies Record<string, Partial<ContainerArgs>>;
const forms = Object.keys(words) as (keyof typeof words)[];

const program = (args: Partial<ContainerArgs>) => async () => {
  const image = new Image("base", { reference: "debian:bookworm-slim" });
  new Container("web", { image, stopGraceSeconds: 1, ...args });
  await Promise.resolve();
};

/** What one attempt came to: "green", or the error; and what is on the host then. */
interface Attempt {
  readonly result: string;
  readonly containers: readonly string[];
  readonly status: string;
}

/** A story is a list of attempts on one stack, in order; the stories run side by side. */
class Story {
  readonly attempts: Record<string, Attempt> = {};
  readonly stack: Deployment;
  constructor(name: string) {
    this.stack = new Deployment(name);
  }

  async up(title: string, args: Partial<ContainerArgs>, options: { refresh?: boolean } = {}): Promise<void> {
    const result = await this.stack.up(program(args), options).then(
      () => "green",
      (error: unknown) => String(error),
    );
    const web = `${this.stack.scope}-web`;
    const filter = `label=com.docker.compose.project=${this.stack.scope}`;
    const state = exists(web) ? inspect(web).State : undefined;
    this.attempts[title] = {
      result,
      containers: docker("ps", "-a", "--filter", filter, "--format", "{{.Names}}").split("\n"),
      status: state?.Health?.Status ?? state?.Status ?? "absent",
    };
  }
}

const check = { intervalSeconds: 0.5, retries: 2, startPeriodSeconds: 0 };
const healthy = { healthCheck: { ...check, command: "true" }, waitTimeoutSeconds: 60 };
const sick = { healthCheck: { ...check, command: "echo no database; false" }, waitTimeoutSeconds: 2 };

async function sickness(story: Story, form: keyof typeof words): Promise<void> {
  await story.up("the first up", { ...words[form], ...sick });
  await story.up("the retry", { ...words[form], ...sick });
  await story.up("the corrected program", { ...words[form], ...healthy });
  await story.up("an update that makes it sick", { ...words[form], ...sick });
  await story.up("the retry of the update", { ...words[form], ...sick });
  await story.up("the update taken back", { ...words[form], ...healthy });
  await story.up("the second up", { ...words[form], ...healthy });
}

async function takenPort(story: Story, form: keyof typeof words): Promise<string> {
  const rival = createServer();
  await new Promise<void>((resolve) => rival.listen(0, "127.0.0.1", resolve));
  const host = (rival.address() as { port: number }).port;
  const args = { ...words[form], ports: [{ container: 80, host }] };
  try {
    await story.up("the first up", args);
    await story.up("the retry", args);
    await story.up("the retry with a refresh", args, { refresh: true });
  } finally {
    await closed(rival);
  }
  await story.up("the port is free", args);
  return `127.0.0.1:${String(host)}`;
}

const closed = (server: Server) => new Promise((resolve) => server.close(resolve));
const sickStories = { command: new Story("sick-1"), "entrypoint and command": new Story("sick-2") };
const portStories = { command: new Story("port-1"), "entrypoint and command": new Story("port-2") };
const ports: Record<string, string> = {};

beforeAll(() =>
  Promise.all([
    ...forms.map((form) => sickness(sickStories[form], form)),
    ...forms.map(async (form) => (ports[form] = await takenPort(portStories[form], form))),
  ]),
);
afterAll(() =>
  Promise.all(
    [...Object.values(sickStories), ...Object.values(portStories)].map(({ stack }) => stack.cleanUp()),
  ),
);

describe.each(forms)("P4 a container that does not become healthy, with %s given", (form) => {
  const { attempts, stack } = sickStories[form];

  it.each(["the first up", "the retry", "an update that makes it sick", "the retry of the update"])(
    "%s fails, and says so",
    (title) => {
      expect(attempts[title]?.result).toContain('container "web": it became unhealthy');
      expect(attempts[title]?.result).toContain("last probe exit code 1: no database");
      const kept = attempts[title]?.containers.filter((each) => each !== `${stack.scope}-web`) ?? [];
      expect(kept).toEqual([expect.stringMatching(new RegExp(`^${stack.scope}-web-failed-[0-9a-f]{6}$`))]);
      expect(attempts[title]?.result).toContain(`docker logs ${kept[0] ?? ""}`);
    },
  );

  it.each(["the corrected program", "the update taken back", "the second up"])("%s goes through", (title) => {
    expect(attempts[title]).toEqual({
      result: "green",
      containers: [`${stack.scope}-web`],
      status: "healthy",
    });
  });
});

describe.each(forms)("P4 a port that another process holds, with %s given", (form) => {
  const { attempts, stack } = portStories[form];

  it.each(["the first up", "the retry", "the retry with a refresh"])(
    "%s fails, and names the port",
    (title) => {
      expect(attempts[title]?.result).toContain(ports[form]);
      expect(attempts[title]?.status).not.toBe("running");
    },
  );

  it("goes through when the port is free", () => {
    expect(attempts["the port is free"]).toEqual({
      result: "green",
      containers: [`${stack.scope}-web`],
      status: "running",
    });
  });
});
