/** Facts that only a program on the Docker host itself can read. */

import { readFileSync, statfsSync } from "node:fs";
import { networkInterfaces } from "node:os";

import type Docker from "dockerode";

import type { Here } from "../host-view";
import { canListen } from "../../../container/ports/engine";

/** Whether the connection to the Engine is a socket of this machine. */
export function isLocal(engine: Docker): boolean {
  return (engine.modem as { socketPath?: string }).socketPath !== undefined;
}

/** The listening sockets of this machine. */
export function portsHere(): Pick<Here, "isFree" | "addresses"> {
  return {
    isFree: async ({ address, host, protocol }) =>
      host === undefined || protocol !== "tcp" || (await canListen(address, host)),
    addresses: Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address)),
  };
}

export function lookAround(dataFolder: string): Here {
  return {
    ...portsHere(),
    routes: routes(),
    disk: diskOf(dataFolder),
  };
}

/** Undefined if the Engine's data is not visible, as with the virtual machine of Docker Desktop. */
function diskOf(path: string): Here["disk"] {
  try {
    const { bavail, bsize } = statfsSync(path);
    return { path, freeMiB: Math.floor((bavail * bsize) / 2 ** 20) };
  } catch {
    return undefined;
  }
}

const OF_DOCKER = /^(docker0|br-[0-9a-f]{12}|docker_gwbridge|veth)/;

/** From the Linux routing table; on other systems Docker runs in a virtual machine with separate routes. */
function routes(): Here["routes"] {
  let table: string;
  try {
    table = readFileSync("/proc/net/route", "utf8");
  } catch {
    return [];
  }
  return table
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const [device = "", destination = "", , , , , , mask = ""] = line.split("\t");
      if (mask === "" || /^0+$/.test(mask) || OF_DOCKER.test(device)) return [];
      const bits = numberOf(mask).toString(2).replaceAll("0", "").length;
      return [{ device, subnet: `${addressOf(numberOf(destination))}/${String(bits)}` }];
    });
}

/** The table is little-endian. */
function numberOf(hexadecimal: string): number {
  return (hexadecimal.match(/../g) ?? [])
    .reverse()
    .reduce((number, byte) => number * 256 + Number.parseInt(byte, 16), 0);
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => String((number >>> shift) & 255)).join(".");
}
