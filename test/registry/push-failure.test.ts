import { pushFailureText } from "../../components/registry/push-failure";

const target = "registry.example.com:5000/team/app:1.4.0";

test("names the registry, the image, the cause, the state and the remedy", () => {
  expect(pushFailureText(target, "unauthorized: authentication required")).toBe(
    [
      "registry.example.com:5000 did not accept registry.example.com:5000/team/app:1.4.0: it rejected the login, or this user has no permission to push",
      "  now        the registry is unchanged; the image is on the Docker host under that name",
      "  next       correct username and password of the Registry, and check that the user may push, then run the same command again",
    ].join("\n"),
  );
});

test.each([
  ["denied: requested access to the resource is denied", "it rejected the login"],
  ["no basic auth credentials", "it rejected the login"],
  ["dial tcp 127.0.0.1:5000: connect: connection refused", "it does not answer"],
  ["dial tcp: lookup registry.example.com: no such host", "it does not answer"],
  ["http: server gave HTTP response to HTTPS client", "no trusted certificate"],
  ["x509: certificate signed by unknown authority", "no trusted certificate"],
  ["manifest invalid", "see the error of the RegistryImage"],
])("%s: %s", (error, cause) => {
  expect(pushFailureText(target, error)).toContain(cause);
});
