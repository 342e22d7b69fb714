/** The process of a service and its environment: the arguments that a host and a Swarm share. */

import type { ContainerArgs } from "../../../container/args";
import { ENGINE_DRIVER } from "../../../container/logging";
import type { Service } from "../../model/model";
import type { Finding } from "../finding";
import { extraHostsOf } from "./hosts";
import { secondsOf, withValues } from "./quantities";

export type ProcessArgs = Partial<
  Pick<
    ContainerArgs,
    | "command"
    | "dns"
    | "dnsSearch"
    | "entrypoint"
    | "environment"
    | "extraHosts"
    | "hostname"
    | "logging"
    | "stopGraceSeconds"
    | "stopSignal"
    | "user"
    | "workingDirectory"
  >
>;

/** An empty list means "no command", which the provider does not support. */
export function wordArgs({ command, entrypoint }: Service, fault: Finding): ProcessArgs {
  for (const [key, words] of Object.entries({ command, entrypoint })) {
    if (words?.length === 0)
      fault([key], `must not be empty; omit it to use the image's command, or write the program to run`);
    else if (words?.includes("") === true)
      fault(
        [key],
        `must not have an empty word, which the provider cannot pass; let a shell pass it, as in ["sh", "-c", "exec redis-server --save ''"]`,
      );
  }
  return { ...(command?.length && { command }), ...(entrypoint?.length && { entrypoint }) };
}

/** A variable without a value is not set. The provider cannot unset a variable of the image. */
export function environmentArgs({ environment = {} }: Service, warn: Finding): ProcessArgs {
  for (const [name, value] of Object.entries(environment))
    if (value === null)
      warn(
        ["environment"],
        `has no value for ${name}; set it, or remove the entry: a value set by the image stays`,
      );
  const set = withValues(environment);
  return Object.keys(set).length > 0 ? { environment: set } : {};
}

export function identityArgs(service: Service, fault: Finding): ProcessArgs {
  const { extra_hosts: hosts = [], logging } = service;
  const grace = service.stop_grace_period === undefined ? undefined : secondsOf(service.stop_grace_period);
  return {
    ...(service.user !== undefined && { user: service.user }),
    ...(service.working_dir !== undefined && { workingDirectory: service.working_dir }),
    ...(service.hostname !== undefined && { hostname: service.hostname }),
    ...(hosts.length > 0 && { extraHosts: extraHostsOf(hosts, fault) }),
    ...(service.dns && { dns: service.dns }),
    ...(service.dns_search && { dnsSearch: service.dns_search }),
    ...(service.stop_signal !== undefined && { stopSignal: service.stop_signal }),
    // Docker and the provider use whole seconds.
    ...(grace !== undefined && { stopGraceSeconds: Math.max(1, Math.ceil(grace)) }),
    ...((logging?.driver ?? logging?.options) !== undefined && {
      logging: {
        driver: logging?.driver ?? ENGINE_DRIVER,
        ...(logging?.options && { options: logging.options }),
      },
    }),
  };
}
