/** The enabled services, and the objects that they use. */

import type { Project, Service } from "../model/model";

export interface Selected {
  readonly enabled: Readonly<Record<string, Service>>;
  readonly disabled: Readonly<Record<string, Service>>;
}

/** A service without profiles is always enabled; `*` means every profile. */
export function selectServices(
  services: Readonly<Record<string, Service>>,
  profiles: readonly string[],
): Selected {
  const isEnabled = ({ profiles: own = [] }: Service): boolean =>
    own.length === 0 || profiles.includes("*") || own.some((profile) => profiles.includes(profile));
  const part = (enabled: boolean): Readonly<Record<string, Service>> =>
    Object.fromEntries(Object.entries(services).filter(([, service]) => isEnabled(service) === enabled));
  return { enabled: part(true), disabled: part(false) };
}

/** The project without networks, volumes, secrets and configs that no service uses. */
export function withoutUnused(project: Project): Project {
  const services = Object.values(project.services);
  const used = {
    networks: services.flatMap(({ networks = {} }) => Object.keys(networks)),
    volumes: services.flatMap(({ volumes = [] }) =>
      volumes.flatMap(({ type, source }) => (type === "volume" && source) || []),
    ),
    secrets: services.flatMap(({ secrets = [], build }) =>
      [...secrets, ...(build?.secrets ?? [])].flatMap(({ source }) => source ?? []),
    ),
    configs: services.flatMap(({ configs = [] }) => configs.flatMap(({ source }) => source ?? [])),
  };
  const kept = <T>(
    all: Readonly<Record<string, T>> = {},
    names: readonly string[],
  ): Readonly<Record<string, T>> | undefined => {
    const entries = Object.entries(all).filter(([name]) => names.includes(name));
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  const { networks, volumes, secrets, configs, ...rest } = project;
  const parts = {
    networks: kept(networks, used.networks),
    volumes: kept(volumes, used.volumes),
    secrets: kept(secrets, used.secrets),
    configs: kept(configs, used.configs),
  };
  return { ...rest, ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) };
}
