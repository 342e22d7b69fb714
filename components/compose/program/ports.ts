/** Ports whose number comes from a variable. */

import type { PortMapping } from "../../container/ports/port";
import type { Path } from "../source/node";
import type { Carry } from "./carry";
import { Code } from "./source";

/** Converts a setting, which is text, into a port number. */
export function withSettings(port: PortMapping, at: Path, carry: Carry): unknown {
  const field = (key: string, value: PortMapping["host"]): Code | undefined => {
    const found = carry.field([...at, key], (text) => text === String(value));
    return found && new Code(`Number(${found.text})`);
  };
  const container = field("target", port.container);
  const host = field("published", port.host);
  return { ...port, ...(container && { container }), ...(host && { host }) };
}
