/** The error of a push that a registry did not accept. */

import { failureText } from "../core/text/failure-report";

/**
 * @param target address, repository and tag
 * @param error the error of Docker's provider
 */
export function pushFailureText(target: string, error: string): string {
  const address = target.slice(0, target.indexOf("/"));
  const { cause, remedy } = causeOf(address, error);
  return failureText({
    what: `${address} did not accept ${target}`,
    why: cause,
    now: "the registry is unchanged; the image is on the Docker host under that name",
    next: `${remedy}, then run the same command again`,
  });
}

function causeOf(address: string, error: string): { cause: string; remedy: string } {
  if (/unauthorized|denied|no basic auth|authentication required/i.test(error))
    return {
      cause: "it rejected the login, or this user has no permission to push",
      remedy: "correct username and password of the Registry, and check that the user may push",
    };
  if (/connection refused|no such host|i\/o timeout|no route to host|deadline exceeded/i.test(error))
    return { cause: "it does not answer", remedy: `make ${address} reachable from the Docker host` };
  if (/http response to https client|x509|tls/i.test(error))
    return {
      cause:
        "Docker speaks HTTPS to every registry that is not on the loopback address, and this one has no trusted certificate",
      remedy: `give ${address} a certificate that the Docker host trusts`,
    };
  return { cause: "see the error of the RegistryImage", remedy: "correct the cause" };
}
