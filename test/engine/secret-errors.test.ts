/** P8: whatever a failing container prints of what it was given as a secret, Pulumi's output holds none of it. */

import * as pulumi from "@pulumi/pulumi";

import { Container, type ContainerArgs, Image, Job } from "../../components";
import { Deployment } from "./support/deployment";

jest.setTimeout(300_000);

const key = "-----BEGIN KEY-----\nMARK-A\nMARK-B-of-some-length\n-----END KEY-----\n";
const base64 = Buffer.from(key).toString("base64");

const script = [
  "cat /run/secrets/key /etc/app.key; sed 's/^/app: /' /etc/app.key",
  "base64 /run/secrets/key; base64 -w 0 /run/secrets/key; echo",
  "echo $0 $1 $PLACE",
].join("; ");

const given: Omit<ContainerArgs, "image"> = {
  secrets: { key },
  files: { "/etc/app.key": { contentBase64: pulumi.secret(base64) } },
  environment: { PLACE: pulumi.secret("postgres://app:MARK-E@db/app") },
  stopGraceSeconds: 1,
};
const words = (rest: string) => [
  "sh",
  "-c",
  `${script}; ${rest}`,
  pulumi.secret("MARK-C"),
  pulumi.interpolate`--token=${pulumi.secret("MARK-D")}`,
];

const stories: Record<string, { stack: Deployment; program: (image: Image) => unknown; told: string }> = {
  "a container that ends": {
    stack: new Deployment("leak-log"),
    program: (image) => new Container("web", { ...given, image, restart: "no", entrypoint: words("exit 3") }),
    told: "it exited with code 3",
  },
  "a container with a failing health check": {
    stack: new Deployment("leak-probe"),
    program: (image) =>
      new Container("web", {
        ...given,
        image,
        command: ["sleep", "1000"],
        healthCheck: {
          command: "cat /run/secrets/key; base64 -w 0 /etc/app.key; exit 1",
          intervalSeconds: 0.5,
          retries: 1,
          startPeriodSeconds: 0,
        },
      }),
    told: "last probe",
  },
  "a job that fails": {
    stack: new Deployment("leak-job"),
    program: (image) => new Job("migrate", { ...given, image, command: words("exit 4") }),
    told: "it exited with code 4",
  },
};

beforeAll(() =>
  Promise.all(
    Object.values(stories).map(({ stack, program }) =>
      expect(
        stack.up(async () => {
          program(new Image("base", { reference: "debian:bookworm-slim" }));
          await Promise.resolve();
        }),
      ).rejects.toThrow(),
    ),
  ),
);
afterAll(() => Promise.all(Object.values(stories).map(({ stack }) => stack.cleanUp())));

test.each(Object.keys(stories))(
  "P8 the error of %s shows its log or probe, and none of its secrets",
  (title) => {
    const printed = stories[title]?.stack.printed ?? "";
    expect(printed).toContain(stories[title]?.told);
    expect(printed).toContain("[secret]");
    expect(printed).not.toContain("MARK");
    expect(printed).not.toContain("BEGIN KEY");
    for (let at = 0; at + 12 <= base64.length; at += 12)
      expect(printed).not.toContain(base64.slice(at, at + 12));
  },
);
