/** What each kind of change is judged to be. */

import { judgeSteps, review } from "../../components/review/classify";
import { verdict } from "../../components/review/verdict";
import { container, image, network, preview, type Resource, urnOf, volume } from "./digest";

/** `kind: reason` of the one component, worst first. */
function impacts(resources: readonly Resource[], diagnostics: readonly object[] = [], at = 0): string[] {
  const { components } = review(preview(resources, diagnostics));
  return (components[at]?.impacts ?? []).map(
    ({ kind, lasts, reason }) => `${lasts ? "permanent " : ""}${kind}${reason === "" ? "" : `: ${reason}`}`,
  );
}

const web: Resource = { op: "replace", type: container, name: "web", of: "Container web" };
const label = (name: string, value: string) => ({ label: name, value });
const service = (name: string) => ({
  labels: [label("com.docker.compose.service", name), label("com.docker.compose.project", "shop-prod")],
});

describe("a container", () => {
  test("is replaced without an outage where it says that it starts first, whatever else its inputs look like", () => {
    expect(
      impacts([{ ...web, order: "start-first", before: { envs: ["A=1"] }, after: { envs: ["A=2"] } }]),
    ).toEqual(["replacement: the new one is ready before the old one is removed"]);
  });

  test.each([
    [
      "a port of the host",
      { ports: [{ internal: 80, external: 8080, ip: "127.0.0.1" }] },
      "publish one port of the host (8080)",
    ],
    ["the network of the host", { networkMode: "host" }, "listen on one port of the host"],
    ["an address", { networksAdvanced: [{ name: "n", ipv4Address: "10.0.0.2" }] }, "share an address"],
    [
      "a volume that it writes to",
      { volumes: [{ volumeName: "v", containerPath: "/v", readOnly: false }] },
      "would write to the same data at once (/v)",
    ],
  ])("has an outage for %s, with the reason", (_what, inputs, text) => {
    const [worst] = impacts([
      { ...web, order: "stop-first", before: { ...inputs, envs: ["A=1"] }, after: inputs },
    ]);
    expect(worst).toContain("outage: the old one stops first, because two containers");
    expect(worst).toContain(text);
  });

  test("that asks for stop-first has an outage too", () => {
    expect(impacts([{ ...web, order: "stop-first" }])[0]).toContain(
      "because of its update or its fixed name",
    );
  });

  test("without a component has no order, and counts as stop-first", () => {
    expect(impacts([{ op: "replace", type: container, name: "raw" }])[0]).toMatch(
      /^outage: the old one stops first/,
    );
  });

  test("the gap has bounds: the time to stop, and the health check's", () => {
    const inputs = {
      destroyGraceSeconds: 30,
      healthcheck: {
        tests: ["CMD", "x"],
        interval: "1m30s",
        timeout: "500ms",
        startPeriod: "2s",
        retries: 1,
      },
    };
    expect(impacts([{ ...web, order: "stop-first", before: inputs, after: inputs }])[0]).toContain(
      "until it has stopped (at most 30 s) and the new one is healthy (at most 183 s)",
    );
  });

  test("on a network that is replaced has an outage, though it starts first", () => {
    const net: Resource = { op: "replace", type: network, name: "net", of: "BridgeNetwork net", id: "abc" };
    const on = { networksAdvanced: [{ name: "abc", aliases: ["web"] }] };
    const resources: Resource[] = [
      {
        ...web,
        order: "start-first",
        before: on,
        after: { networksAdvanced: [{ name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", aliases: ["web"] }] },
        from: { networksAdvanced: [urnOf(net)] },
      },
      net,
    ];
    expect(impacts(resources)).toEqual([
      'outage: stops before network "net" is replaced, and starts again afterwards; nothing runs until it has stopped (at most 10 s) and the new one runs',
    ]);
    expect(impacts(resources, [], 1)).toEqual(["restarts-others: web restarts because of it"]);
    // That it is on the same network under a new id is no change of the program.
    expect(review(preview(resources)).components[0]?.parts[0]?.changes).toEqual([]);
  });

  test("that is removed is a permanent outage, unless another one of its service stays", () => {
    const gone: Resource = { ...web, op: "delete", before: service("web") };
    expect(impacts([gone])).toEqual(["permanent outage: is removed without a replacement"]);
    const other: Resource = {
      op: "same",
      type: container,
      name: "web-2",
      of: "Container web-2",
      after: service("web"),
    };
    expect(impacts([gone, other])).toEqual(["removal: is removed; web-2 of the same service stays"]);
    expect(impacts([gone, { ...other, after: service("api") }])[0]).toMatch(/^permanent outage/);
  });

  test("that is changed while it is running", () => {
    expect(
      impacts([
        {
          ...web,
          op: "update",
          before: { memory: 64, memorySwap: 64 },
          after: { memory: 96, memorySwap: 96 },
        },
      ]),
    ).toEqual(["in-place: is changed while it is running"]);
  });

  test("that moves to another host", () => {
    expect(
      impacts([
        { ...web, op: "delete" },
        { ...web, op: "create", name: "web-on-prod" },
      ]),
    ).toEqual(["replacement: moves to another host: it is ready there before the old one is removed"]);
  });

  test("whose replacement was found on the host says what was found", () => {
    const text = 'container "web": shop-prod-web is stopped (Exited (1) 2 minutes ago); it is replaced';
    const said = {
      urn: "urn:pulumi:prod::shop::dockwright:index:Container::web",
      message: `warning: ${text}\n`,
      severity: "warning",
    };
    expect(impacts([{ ...web, order: "start-first" }], [said])).toEqual([
      "replacement: the new one is ready before the old one is removed (on the host: shop-prod-web is stopped (Exited (1) 2 minutes ago); it is replaced)",
    ]);
  });

  test("that is a job runs once more, and serves nobody", () => {
    const job = { labels: [label("io.dockwright.kind", "job")] };
    expect(impacts([{ ...web, before: job, after: { ...job, command: ["x"] } }])).toEqual([
      "in-place: runs once more",
    ]);
    expect(impacts([{ ...web, op: "delete", before: job }])).toEqual([
      "removal: is removed; its effects remain",
    ]);
  });

  test("that is another volume's from now on leaves data behind", () => {
    const on = (volumeName: string) => ({
      volumes: [{ volumeName, containerPath: "/data", readOnly: true }],
    });
    expect(impacts([{ ...web, order: "start-first", before: on("a"), after: on("b") }])[0]).toBe(
      "data-left-behind: no longer mounts the volume a at /data, but b",
    );
    expect(impacts([{ ...web, order: "start-first", before: on("a"), after: {} }])[0]).toBe(
      "data-left-behind: no longer mounts the volume a at /data",
    );
  });
});

describe("a volume", () => {
  const data: Resource = {
    op: "delete",
    type: volume,
    name: "data",
    of: "Volume data",
    before: { name: "shop-data" },
  };

  test("loses data only where the host does not keep it", () => {
    expect(impacts([{ ...data, retained: true }])).toEqual([
      "data-left-behind: is no longer in the stack; the host keeps shop-data with its data",
    ]);
    expect(impacts([data])).toEqual(["data-loss: shop-data is removed with its data"]);
    const renamed: Resource = { ...data, op: "replace", after: { name: "other" } };
    expect(impacts([{ ...renamed, retained: true }])[0]).toMatch(
      /^data-left-behind: it is replaced by a new, empty volume/,
    );
    expect(impacts([renamed])[0]).toMatch(/^data-loss: shop-data is removed/);
  });

  test("what the state says counts, not what the program says from now on", () => {
    expect(
      impacts([
        { ...data, op: "replace", after: { name: "other" }, retained: true, retainedAfter: false },
      ])[0],
    ).toMatch(/^data-left-behind/);
  });

  test("whose data is no longer protected is reported, although the volume is unchanged", () => {
    expect(impacts([{ ...data, op: "same", retained: true, retainedAfter: false }])).toEqual([
      "in-place: from now on its data is deleted when it is removed or the stack is destroyed",
    ]);
  });

  test("facts from the host are added", () => {
    const live = { volumes: [{ name: "shop-data", bytes: 12_340_000, mountedBy: ["shop-db"] }] };
    expect(review(preview([data]), live).components[0]?.impacts[0]?.facts).toBe(
      "it holds 12.3 MB and is mounted by shop-db",
    );
  });

  test("that the host has already is not new: the review says who made it, and how much is in it", () => {
    const created: Resource = { ...data, op: "create", after: { name: "shop-data" } };
    const live = {
      volumes: [
        {
          name: "shop-data",
          bytes: 9,
          mountedBy: [],
          maker: "Compose project shop",
          createdAt: "2026-01-31",
        },
      ],
    };
    const impact = review(preview([created]), live).components[0]?.impacts[0];
    expect(impact?.reason).toBe(
      "uses shop-data of the host with its data, created by Compose project shop on 2026-01-31",
    );
    expect(impact?.facts).toBe("it holds 9 bytes and is not mounted");
    expect(impacts([created])).toEqual([
      "addition: is new, and empty unless the host has a volume with this name",
    ]);
  });
});

describe("exposure", () => {
  const on = (ip: string, external?: number) => ({
    ports: [{ internal: 80, ...(external && { external }), ip, protocol: "tcp" }],
  });
  const of = (before: object, after: object): string[] =>
    impacts([{ ...web, order: "start-first", before, after }]).filter((each) => each.startsWith("exposure"));

  test("is what other machines reach that they did not", () => {
    expect(of(on("127.0.0.1", 80), on("0.0.0.0", 80))).toEqual([
      "exposure: other machines reach its port 80/tcp at 0.0.0.0:80",
    ]);
    expect(of({}, on("10.0.0.1"))).toEqual([
      "exposure: other machines reach its port 80/tcp at 10.0.0.1:a free port",
    ]);
    expect(of({ networkMode: "bridge" }, { networkMode: "host" })).toHaveLength(1);
    expect(of(on("0.0.0.0", 80), on("0.0.0.0", 80))).toEqual([]);
    expect(of(on("0.0.0.0", 80), on("127.0.0.1", 80))).toEqual([]);
    expect(of({}, on("127.0.0.1", 80))).toEqual([]);
  });

  test("a network that is internal no more", () => {
    const net: Resource = {
      op: "replace",
      type: network,
      name: "n",
      of: "BridgeNetwork n",
      before: { internal: true },
      after: { internal: false },
    };
    expect(impacts([net])[0]).toBe(
      "exposure: its containers can reach external networks, and its ports can be published",
    );
  });

  test("a new public container is reported too", () => {
    expect(impacts([{ ...web, op: "create", after: on("0.0.0.0", 80) }])).toEqual([
      "exposure: other machines reach its port 80/tcp at 0.0.0.0:80",
      "addition",
    ]);
  });
});

describe("privilege", () => {
  const safe = {
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    readOnly: true,
    user: "app",
  };
  const gained = (change: object, op: Resource["op"] = "replace"): string[] =>
    impacts([{ ...web, op, order: "start-first", before: safe, after: { ...safe, ...change } }])
      .filter((each) => each.startsWith("privilege"))
      .map((each) => each.slice("privilege: ".length));

  test.each([
    ["privileged", { privileged: true }, "runs privileged: it controls the host"],
    [
      "a capability",
      { capabilities: { drops: ["ALL"], adds: ["CAP_SYS_ADMIN"] } },
      "gets the capability SYS_ADMIN",
    ],
    ["all of Docker's capabilities", { capabilities: {} }, "keeps Docker's default capabilities"],
    [
      "a device",
      { devices: [{ hostPath: "/dev/fuse", containerPath: "/dev/fuse" }] },
      "gets the device /dev/fuse",
    ],
    ["the host's processes", { pidMode: "host" }, "shares the process ids of the host"],
    [
      "the socket",
      { volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/s", readOnly: true }] },
      "gets the Docker socket /var/run/docker.sock: it may start any other container",
    ],
    [
      "the folder of the socket",
      { volumes: [{ hostPath: "/var/run", containerPath: "/s", readOnly: true }] },
      "gets the Docker socket /var/run: it may start any other container",
    ],
    [
      "a sensitive folder of the host",
      { volumes: [{ hostPath: "/var/spool/cron", containerPath: "/s", readOnly: true }] },
      "reads /var/spool/cron of the host, a path through which it can take over or read the host",
    ],
    [
      "a folder of the host",
      { volumes: [{ hostPath: "/srv", containerPath: "/s", readOnly: false }] },
      "writes to /srv of the host",
    ],
    [
      "no confinement",
      { securityOpts: ["no-new-privileges:true", "seccomp=unconfined"] },
      "disables a kernel protection: seccomp=unconfined",
    ],
    [
      "no confinement by SELinux",
      { securityOpts: ["no-new-privileges=true", "label=type:spc_t"] },
      "disables a kernel protection: label=type:spc_t",
    ],
    ["new privileges", { securityOpts: [] }, "may gain privileges, for example by sudo"],
    ["a writable root", { readOnly: false }, "may write to its root file system"],
    ["root", { user: "0:0" }, "runs as root"],
  ])("%s", (_what, change, text) => {
    expect(gained(change)).toEqual([text]);
  });

  test("fewer privileges are not reported, nor Docker's defaults of a new container", () => {
    expect(gained({ user: "other" })).toEqual([]);
    expect(impacts([{ ...web, op: "create", after: {} }])).toEqual(["addition"]);
    expect(impacts([{ ...web, op: "create", after: { privileged: true } }])[0]).toMatch(/^privilege/);
  });
});

describe("everything else", () => {
  test("a secret that Pulumi masks is another one, and its value is nowhere", () => {
    const masked = { uploads: "[secret]" };
    const judged = preview([
      {
        ...web,
        order: "start-first",
        before: masked,
        after: masked,
        reasons: ["uploads"],
        detailed: { "uploads[0].content": "update-replace" },
      },
    ]);
    expect(review(judged).components[0]?.impacts[0]).toMatchObject({
      kind: "secret-rotation",
      reason: "a changed secret in files or secrets[0].content",
    });
  });

  test("an image reports its changed files, and the containers that restart", () => {
    const built: Resource = {
      op: "replace",
      type: image,
      name: "app",
      of: "Image app",
      before: { name: "a:1", build: {}, triggers: { "src/a.ts": "1", "b.ts": "1" } },
      after: { name: "a:2", build: {}, triggers: { "src/a.ts": "2", "b.ts": "1" } },
      reasons: ["name", "triggers"],
    };
    const user: Resource = {
      ...web,
      order: "start-first",
      before: { image: "a:1" },
      after: { image: "a:2" },
      from: { image: [urnOf(built)] },
    };
    expect(impacts([built, user])).toEqual([
      "restarts-others: web restarts because of it",
      "in-place: is rebuilt: src/a.ts changed",
    ]);
  });

  test("what dockwright does not know is taken for an outage when it is replaced", () => {
    expect(impacts([{ op: "replace", type: "other:index:Thing", name: "x" }])).toEqual([
      "outage: is replaced; dockwright does not know what that interrupts",
    ]);
  });

  test("each step has its own judgement", () => {
    const steps = judgeSteps(preview([{ ...web, order: "start-first" }]));
    expect(steps.map(({ step, impacts: found }) => [step.operation, found.map(({ kind }) => kind)])).toEqual([
      ["same", []],
      ["replace", ["replacement"]],
    ]);
  });

  test("a failed preview has no verdict", () => {
    const failed = review(preview([], [{ message: "error: port 80 is taken", severity: "error" }]));
    expect(verdict(failed)).toBe("The preview failed, so the effects of an up are unknown.");
  });
});
