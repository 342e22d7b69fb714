/** A review judges a path of the host as the check of the arguments does. */

import { review } from "../../components/review/classify";
import { riskOfPath } from "../../components/container/security/host-path";
import { container, preview } from "./digest";

test.each(["/var/run/docker.sock", "/var/run", "/run", "/run/containerd/containerd.sock"])(
  "a bind of %s is the Docker socket",
  (hostPath) => {
    expect(riskOfPath(hostPath)).toBe("dockerSocket");
    const after = { volumes: [{ hostPath, containerPath: "/host", readOnly: true }] };
    const found = review(
      preview([{ op: "update", type: container, name: "web", of: "Container web", before: {}, after }]),
    );
    expect(found.components[0]?.impacts.map(({ reason }) => reason).join("\n")).toMatch(
      /gets the Docker socket .*it may start any other container/,
    );
  },
);
