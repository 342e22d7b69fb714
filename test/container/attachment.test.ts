import * as pulumi from "@pulumi/pulumi";
import {
  attachment,
  attachmentFaults,
  attachmentInputs,
  attachmentsOf,
  type NetworkReference,
} from "../../components/container/attachment";
import { hostNameSchema } from "../../components/network/host-name";

const network = (given: Partial<NetworkReference> = {}): NetworkReference => ({
  networkId: pulumi.output("id"),
  networkName: pulumi.output("name"),
  internal: false,
  ...given,
});

test("a network alone is an attachment without more", () => {
  const front = network();
  expect(attachment.safeParse(front).success).toBe(true);
  expect(attachmentsOf([front, { network: front, aliases: ["web"] }])).toEqual([
    { network: front },
    { network: front, aliases: ["web"] },
  ]);
});

test("the service is always an alias, once, and aliases come in one order", () => {
  const front = network();
  const [inputs] = attachmentInputs([{ network: front, aliases: ["www", "web", "api"] }], "web", "now");
  expect(inputs).toEqual({ name: front.networkId, aliases: ["api", "web", "www"] });
});

test("a fixed address is passed on", () => {
  const inputs = attachmentInputs([{ network: network(), ipv4Address: "10.20.0.5" }], "web", "now");
  expect(inputs[0]).toMatchObject({ ipv4Address: "10.20.0.5" });
});

test.each([
  ["one internal network", [true], 1],
  ["only internal networks", [true, true], 1],
  ["an internal and another network", [true, false], 0],
  ["no network of one's own", [], 0],
])("ports can be published from %s or not", (_, internals, faults) => {
  const attachments = internals.map((internal) => ({ network: network({ internal }) }));
  expect(attachmentFaults(attachments, true)).toHaveLength(faults);
  expect(attachmentFaults(attachments, false)).toEqual([]);
});

test.each([
  ["within the range", { subnet: "10.20.0.0/24" }, 0],
  ["outside of the range", { subnet: "10.21.0.0/24" }, 1],
  ["on a network that Docker numbers", { subnet: undefined }, 1],
  ["on a network of another program, whose range is not known", {}, 0],
])("a fixed address %s", (_, given, faults) => {
  expect(attachmentFaults([{ network: network(given), ipv4Address: "10.20.0.5" }], false)).toHaveLength(
    faults,
  );
});

test.each(["a", "web", "web-1", "my_web", "web.example.com", "1web", "a".repeat(253)])(
  "%s is a host name",
  (name) => {
    expect(hostNameSchema.safeParse(name).success).toBe(true);
  },
);

test.each(["", "-web", "web-", "web.", "my web", "wéb", "a".repeat(254)])(
  "%j is not a valid host name",
  (name) => {
    expect(hostNameSchema.safeParse(name).success).toBe(false);
  },
);
