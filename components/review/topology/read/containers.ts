/** Reads the containers of a preview, and their networks. */

import { readContainer } from "../../../provider/container";
import { hostPort } from "../../../container/ports/port";
import type { State, Step } from "../../step";
import { both } from "../both";
import { argumentWord, withoutEchoes } from "../../words";
import { isUnknown } from "./inputs";
import type { Attachment, Container, Mount, Port } from "../model";
import { byText, type Placed } from "./placed";
import { type DeclaredNetwork, foreignNetwork, modeNetwork, unknownNetwork } from "./networks";

/** A container with all its networks, before it is placed in one. */
export interface Drawn extends Omit<Container, "attachments"> {
  readonly on: readonly Attachment[];
}

export interface ContainersRead {
  readonly containers: readonly Drawn[];
  /** The declared networks, and the other networks of containers. */
  readonly networks: readonly DeclaredNetwork[];
}

export function containersOf(
  placed: readonly Placed[],
  declared: readonly DeclaredNetwork[],
  mountsOf: (container: Placed) => Mount[],
  steps: readonly Step[],
): ContainersRead {
  const others = new Map<string, DeclaredNetwork>();
  const parents = new Map(steps.map(({ urn, parent }) => [urn, parent]));
  const memberships = (state: State | undefined): Attachment[] =>
    state === undefined
      ? []
      : networksOf(state, declared).map((network) => {
          if (network.isMode) others.set(network.id, network);
          return { network: network.id, change: "same" };
        });
  const containers = [...placed]
    .sort((a, b) => byText(a.name, b.name) || byText(a.step.urn, b.step.urn))
    .map((each): Drawn => {
      const { step, name, change } = each;
      const { before, after } = step;
      return {
        id: step.urn,
        name,
        kind: kindOf(step, parents),
        change,
        image: shownImage(readContainer((after ?? before)?.inputs ?? {}).image ?? "", step.urn),
        changes: change === "replaced" || change === "updated" ? argumentsOf(step) : [],
        on: both(memberships(before), memberships(after), change, ({ network }) => network),
        ports: both(ports(before), ports(after), change, (port) => `${port.host} ${port.container}`),
        mounts: mountsOf(each),
        count: 1,
      };
    });
  return { containers, networks: [...declared, ...others.values()] };
}

function networksOf(state: State, declared: readonly DeclaredNetwork[]): DeclaredNetwork[] {
  const { attachments, networkMode = "" } = readContainer(state.inputs);
  if (attachments.length === 0) return [modeNetwork(networkMode)];
  const named = attachments.map(({ network: name }) =>
    declared.find(({ references }) => references.includes(name)),
  );
  // A new network has no id yet; Pulumi then reports the resource that it will come from.
  const sources = (state.dependsOn?.["networksAdvanced"] ?? [])
    .map((urn) => declared.find(({ id }) => id === urn))
    .filter((each) => each !== undefined && !named.includes(each));
  return attachments.map(
    ({ network: name }, index) =>
      named[index] ??
      sources.shift() ??
      (name === "" || isUnknown(name) ? unknownNetwork : foreignNetwork(name)),
  );
}

function ports(state: State | undefined): Port[] {
  return readContainer(state?.inputs ?? {}).ports.map(({ address, host, container, protocol }) => ({
    host: hostPort(address === "" ? "0.0.0.0" : address, host ?? "any"),
    container: `${String(container)}/${protocol}`,
    change: "same",
  }));
}

function kindOf(step: Step, parents: ReadonlyMap<string, string | undefined>): Container["kind"] {
  const own = step.parent ?? "";
  if (/[$:]dockwright:index:Job::/.test(own)) return "job";
  const above = parents.get(own) ?? "";
  return /[$:]dockwright:index:Gateway::/.test(above) ? "gateway" : "container";
}

/** Without meaningless parts: the end of a long digest, and the stack prefix of built images. */
function shownImage(image: string, urn: string): string {
  if (isUnknown(image)) return "";
  const [, , stack = "", , project = ""] = urn.split(":");
  const own = `${project}-${stack}/`.toLowerCase();
  return (image.startsWith(own) ? image.slice(own.length) : image).replace(
    /sha256:([0-9a-f]{12})[0-9a-f]+/,
    "sha256:$1",
  );
}

/** Internal fields of Pulumi and dockwright. */
const inner = new Set(["name", "waitTimeout", "replacementTrigger", "id"]);

function argumentsOf({ changes, type }: Step): string[] {
  const told = withoutEchoes(changes, type).map(({ path }) => path);
  const names = told
    .filter((path) => !inner.has(path.split(/[.[]/)[0] ?? "") && !path.startsWith("#"))
    .map((path) => argumentWord(path, type));
  return [...new Set(names)].sort(byText);
}
