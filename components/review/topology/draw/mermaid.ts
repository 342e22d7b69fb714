/** Writes the diagram as Mermaid text, which GitHub renders in Markdown. */

import { visible } from "../../../core/text/visible";
import type { Step } from "../../step";
import { allChanges, headline, looks, shownHost, summary, words } from "./look";
import type { Change, Container, Host, Network, Topology, Volume } from "../model";
import { topologyOf } from "../read/topology";

/** @param steps of one preview */
export function mermaid(steps: readonly Step[]): string {
  const topology = topologyOf(steps);
  const drawing = new Drawing();
  topology.hosts.forEach((host, index) => drawing.host(host, `h${String(index)}`));
  return visible(drawing.text(topology));
}

/** Ids are numbered, so that no name conflicts with another or with a keyword of Mermaid. */
class Drawing {
  private readonly boxes: string[] = [];
  private readonly links: string[] = [];
  private readonly linkChanges: Change[] = [];
  private readonly members = new Map<Change, string[]>();

  host({ key, networks, volumes }: Host, id: string): void {
    const networkId = ids(networks, `${id}n`);
    const volumeId = ids(volumes, `${id}v`);
    const containers = networks.flatMap((network) => network.containers);
    const containerId = ids(containers, `${id}c`);
    for (const container of containers) {
      const own = containerId(container.id);
      container.ports.forEach((port, index) => {
        const at = `${own}p${String(index)}`;
        this.boxes.push(`  ${at}(["${marked(port.change, shownHost(port.host))}"])`);
        this.put(port.change, at);
        this.link(port.change, `${at} -->|"${quoted(port.container)}"| ${own}`);
      });
    }
    this.boxes.push(`  subgraph ${id}["${key === "" ? "Docker host" : `Docker host ${quoted(key)}`}"]`);
    for (const network of networks) this.network(network, networkId(network.id), containerId);
    for (const volume of volumes) this.volume(volume, volumeId(volume.id));
    this.boxes.push("  end");
    this.put("same", id);
    for (const container of containers) {
      const own = containerId(container.id);
      for (const { network, change } of container.attachments)
        this.link(change, `${own} --- ${networkId(network)}`);
      for (const { volume, readOnly, change } of container.mounts)
        this.link(change, `${own} ${readOnly ? '-.-|"read only"|' : "---"} ${volumeId(volume)}`);
    }
  }

  text(topology: Topology): string {
    const { hosts, title } = topology;
    const heading = [title, summary(topology)].filter((each) => each !== "").join(": ");
    const used = allChanges.filter((change) => this.members.has(change) || this.linkChanges.includes(change));
    const legend = used.filter((change) => change !== "same").map((change) => marked(change, words[change]));
    return [
      "flowchart TB",
      `  accTitle: ${plain(heading === "" ? "Docker hosts" : heading)}`,
      ...(hosts.length === 0 ? ['  nothing["nothing on Docker hosts"]'] : this.boxes),
      ...this.links,
      ...(legend.length > 0 ? [`  legend["${legend.join("<br/>")}"]`, "  class legend legend", LEGEND] : []),
      ...used.map((change) => `  classDef ${change} ${style(change)}`),
      ...used.flatMap((change) => {
        const members = this.members.get(change) ?? [];
        return members.length === 0 ? [] : [`  class ${members.join(",")} ${change}`];
      }),
      ...this.linkStyles(),
      "",
    ].join("\n");
  }

  private network(
    { name, note, change, containers }: Network,
    id: string,
    containerId: (id: string) => string,
  ): void {
    const label = [marked(change, name), ...(note === "" ? [] : [`(${quoted(note)})`])].join(" ");
    // Mermaid draws an empty box as a node.
    if (containers.length === 0) this.boxes.push(`    ${id}["${label}"]`);
    else {
      this.boxes.push(`    subgraph ${id}["${label}"]`);
      for (const container of containers) this.container(container, containerId(container.id));
      this.boxes.push("    end");
    }
    this.put(change, id);
  }

  private container(container: Container, id: string): void {
    const { kind, change, image, changes } = container;
    const lines = [
      marked(change, headline(container), "b"),
      ...(image === "" ? [] : [quoted(image)]),
      ...(changes.length === 0 ? [] : [quoted(changes.join(", "))]),
    ].join("<br/>");
    const [open, close] = kind === "job" ? ["[[", "]]"] : kind === "gateway" ? ["{{", "}}"] : ["[", "]"];
    this.boxes.push(`      ${id}${open}"${lines}"${close}`);
    this.put(change, id);
  }

  private volume({ name, kind, note, change }: Volume, id: string): void {
    const label = [marked(change, name), ...(note === "" ? [] : [quoted(note)])].join("<br/>");
    this.boxes.push(kind === "volume" ? `    ${id}[("${label}")]` : `    ${id}[/"${label}"/]`);
    this.put(change, id);
  }

  private put(change: Change, id: string): void {
    this.members.set(change, [...(this.members.get(change) ?? []), id]);
  }

  private link(change: Change, text: string): void {
    this.links.push(`  ${text}`);
    this.linkChanges.push(change);
  }

  private linkStyles(): string[] {
    return allChanges
      .filter((change) => change !== "same")
      .flatMap((change) => {
        const numbers = this.linkChanges.flatMap((each, index) => (each === change ? [index] : []));
        const dashes = looks[change].dashed ? ",stroke-dasharray:6 4" : "";
        return numbers.length === 0
          ? []
          : [`  linkStyle ${numbers.join(",")} stroke:${looks[change].line},stroke-width:2px${dashes}`];
      });
  }
}

const LEGEND = "  classDef legend fill:#ffffff,stroke:#d1d9e0,color:#1f2328,text-align:left";

function style(change: Change): string {
  const { fill, line, dashed } = looks[change];
  return `fill:${fill},stroke:${line},color:#1f2328${change === "same" ? "" : ",stroke-width:2px"}${dashed ? ",stroke-dasharray:6 4" : ""}`;
}

function ids(items: readonly { readonly id: string }[], prefix: string): (id: string) => string {
  const numbers = new Map(items.map(({ id }, index) => [id, `${prefix}${String(index)}`]));
  return (id) => numbers.get(id) ?? prefix;
}

function marked(change: Change, text: string, tag?: "b"): string {
  const { mark } = looks[change];
  const shown = tag === undefined ? quoted(text) : `<${tag}>${quoted(text)}</${tag}>`;
  return mark === "" ? shown : `${mark} ${shown}`;
}

/** Escapes all special characters of Mermaid and HTML. */
function quoted(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replace(/[#"<>&`\\[\]{}|;]/g, (sign) => `#${String(sign.codePointAt(0))};`);
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029;#{}]/gu, " ");
}
