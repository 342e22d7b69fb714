import { isLoopback } from "../../../network/ip-address";
import type { PortMapping } from "../../../container/ports/port";
import type { Port } from "../../model/parts";
import type { Finding } from "../finding";

/** The ports as in the file: without an address, Compose publishes on all addresses of the host. */
export function portArgs(ports: readonly Port[], fault: Finding): { ports?: readonly PortMapping[] } {
  if (ports.length === 0) return {};
  return {
    ports: ports.map(({ target = 0, published, host_ip: address, protocol }, index): PortMapping => {
      if (published?.includes("-") === true)
        fault(
          ["ports", index],
          "must be one host port: the free port of a range would differ from run to run; choose one, or omit it so that Docker picks one",
        );
      return {
        container: target,
        ...(published !== undefined && published !== "0" && { host: Number(published.split("-")[0]) }),
        ...(protocol !== undefined && protocol !== "tcp" && { protocol: protocol as "udp" | "sctp" }),
        ...addressOf(address),
      };
    }),
  };
}

function addressOf(address: string | undefined): Pick<PortMapping, "address" | "expose"> {
  if (address === undefined || address === "" || address === "0.0.0.0") return { expose: "public" };
  if (address === "127.0.0.1") return {};
  return isLoopback(address) ? { address } : { address, expose: "public" };
}
