import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";

import { endProcess } from "./processes";

/**
 * A bridge in a network namespace of its own, one cable of which leads to this machine. The first Docker's firewall does
 * not see what passes between those who are plugged in, and the namespace, the bridge and every cable go with one
 * process, which the kernel ends together with this one.
 */
export class Lan {
  private constructor(
    private readonly process: ChildProcess,
    private readonly number: number,
  ) {}

  static async open(): Promise<Lan> {
    const script =
      "ip link set lo up; ip link add lan type bridge; ip link set lan up; echo ready; exec sleep infinity";
    const words = ["--pdeathsig", "KILL", "unshare", "--net", "sh", "-ec", script];
    const process = spawn("setpriv", words, { stdio: ["ignore", "pipe", "inherit"] });
    const [said] = (await Promise.race([once(process.stdout, "data"), once(process, "exit")])) as [unknown];
    if (String(said).trim() !== "ready") throw new Error("a network namespace could not be made");
    process.unref();
    try {
      return new Lan(process, plugThisMachine(namespaceOf(process)));
    } catch (error) {
      process.kill("SIGKILL");
      throw error;
    }
  }

  /** For `nsenter --net=`. */
  get namespace(): string {
    return namespaceOf(this.process);
  }

  get subnet(): string {
    return `${networkOf(this.number)}.0/24`;
  }

  /** This machine's own address in it. */
  get here(): string {
    return hereIn(this.number);
  }

  /** @param place from 1 to 253 */
  address(place: number): string {
    return `${networkOf(this.number)}.${place}`;
  }

  async close(): Promise<void> {
    if (this.process.pid !== undefined) await endProcess(this.process.pid, 0);
  }
}

const namespaceOf = ({ pid }: ChildProcess): string => `/proc/${pid ?? 0}/ns/net`;
const networkOf = (number: number): string => `10.249.${number}`;
const hereIn = (number: number): string => `${networkOf(number)}.254`;

/** The first free number: whoever makes the device of that name has it, until the device goes. */
function plugThisMachine(namespace: string): number {
  for (let number = 0; number < 256; number++) {
    const device = `dw-lan-${number}`;
    try {
      ip("link", "add", device, "type", "veth", "peer", "name", "outside", "netns", namespace);
    } catch (error) {
      if (String(error).includes("File exists")) continue;
      throw error;
    }
    execFileSync("nsenter", [`--net=${namespace}`, "ip", "link", "set", "outside", "master", "lan", "up"]);
    ip("address", "add", `${hereIn(number)}/24`, "dev", device);
    ip("link", "set", device, "up");
    return number;
  }
  throw new Error("256 networks dw-lan-* are in use; remove those of no test with `ip link delete`");
}

function ip(...words: string[]): void {
  execFileSync("ip", words, { stdio: ["ignore", "ignore", "pipe"] });
}
