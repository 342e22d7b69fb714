/** The services that a service depends on. */

import type { Project, Service } from "../model/model";
import { SHARING } from "../model/normalise/implied";
import type { Finding } from "./finding";

/** Those of the project; the others are off. */
export function dependencies(service: Service, { services }: Project, warn: Finding): string[] {
  for (const [name, { restart }] of Object.entries(service.depends_on ?? {}))
    if (restart === true && !isImplied(service, name))
      warn(["depends_on", name, "restart"], "does not restart this service with the other one; remove it");
  return Object.keys(service.depends_on ?? {}).filter((each) => Object.hasOwn(services, each));
}

/** The loader adds dependencies on what a service shares with others, and these restart with them. */
function isImplied(service: Service, name: string): boolean {
  const { links = [] } = service;
  return (
    links.some((link) => link.split(":")[0] === name) ||
    SHARING.some((key) => service[key] === `service:${name}`)
  );
}
