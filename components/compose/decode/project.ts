/** The whole project. */

import type { Project } from "../model";
import type { AddressPool, FileObject, Network, Volume } from "../model-parts";
import type { Plain } from "../node";
import {
  asRecord,
  type Decoder,
  flag,
  isMapping,
  listOf,
  mapOf,
  pairs,
  record,
  type Report,
  text,
  truth,
} from "./leaf";
import { service } from "./service";

const pool = record<AddressPool>({ subnet: text, gateway: text, ip_range: text, aux_addresses: pairs });

const network: Decoder<Network> = (value, path, report) => ({
  ipam: {},
  ...record<Network>({
    name: text,
    driver: text,
    driver_opts: pairs,
    ipam: record<Network["ipam"]>({ driver: text, config: listOf(pool) }),
    external: flag,
    internal: flag,
    attachable: flag,
    labels: pairs,
    enable_ipv4: truth,
    enable_ipv6: truth,
  })(value, path, report),
});

const volume = record<Volume>({
  name: text,
  driver: text,
  driver_opts: pairs,
  external: flag,
  labels: pairs,
});

const fileObject = record<FileObject>({
  name: text,
  file: text,
  environment: text,
  content: text,
  external: flag,
  labels: pairs,
  driver: text,
  driver_opts: pairs,
  template_driver: text,
});

export function decodeProject(root: Plain, name: string, report: Report): Project {
  const given = isMapping(root) ? root : {};
  const section = <T>(key: string, decode: Decoder<T>): Readonly<Record<string, T>> | undefined =>
    mapOf(decode)(given[key] ?? null, [key], report);
  const own = Object.entries(given).filter(([key]) => key.startsWith("x-"));
  return {
    name,
    services: section("services", service) ?? {},
    networks: section("networks", network),
    volumes: section("volumes", volume),
    secrets: section("secrets", fileObject),
    configs: section("configs", fileObject),
    ...asRecord(own),
  };
}
