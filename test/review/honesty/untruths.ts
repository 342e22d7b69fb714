/** What a plain preview told against what the Engine then did, what the `up` told, and what a review tells. Pure. */

import type { Review } from "../../../components/review/classify";
import type { ImpactKind } from "../../../components/review/impact";
import { type Disagreement, OUTAGE_MS, type Round } from "./compare";
import { boundOf, type Consequence, type Told, verdictOf, type Word } from "./told";
import type { ContainerView } from "./view";

/**
 * What a gap may last beyond its bounds: the new container is created and started in it, on a machine on which a dozen others are
 * created at the same time.
 */
const START_MS = 10_000;

/** The same where a network is replaced in it, of which the preview says so: all that is on it goes before. */
const NETWORK_MS = 30_000;

export interface ToldRound extends Round {
  readonly preview: Told;
  readonly up: Told;
  /** The names of components that take over what somebody else started. */
  readonly foreign: ReadonlySet<string>;
  /** Volumes of the program whose options are not those that the host has. */
  readonly unapplied: ReadonlySet<string>;
}

export function untruths(round: ToldRound): Disagreement[] {
  const { preview, up, review } = round;
  return [
    ...preview.repeated.map((text) => ({ what: "the preview", text: `told twice: ${text}` })),
    ...differ("the preview", "its verdict", preview.verdict, verdictOf(preview)),
    ...differ("the up", "its verdict beside that of the preview", up.verdict, preview.verdict),
    ...differ("the review", "its consequences beside those of the preview", reviewed(review), flat(preview)),
    ...containers(round),
    ...networks(round),
    ...volumes(round),
    ...services(round),
  ];
}

function differ(
  what: string,
  of: string,
  is: string | undefined,
  wanted: string | undefined,
): Disagreement[] {
  return is === wanted
    ? []
    : [{ what, text: `${of}: "${is ?? "nothing"}", expected "${wanted ?? "nothing"}"` }];
}

const flat = ({ components }: Told): string =>
  [...components]
    .flatMap(([what, said]) => said.map(({ word }) => `${word} of ${what}`))
    .sort()
    .join("; ");

const words: Readonly<Partial<Record<ImpactKind, Word>>> = {
  "data-loss": "data loss",
  privilege: "privilege widened",
  exposure: "exposure widened",
  takeover: "takeover",
  "down-now": "down now",
  "data-left-behind": "data left behind",
};

function reviewed({ components }: Review): string {
  const all = components.flatMap(({ title, impacts }) =>
    impacts.flatMap(({ kind, lasts }) => {
      const word = kind === "outage" ? `${lasts ? "permanent" : "brief"} outage` : words[kind];
      return word === undefined ? [] : [`${word} of ${title}`];
    }),
  );
  return [...new Set(all)].sort().join("; ");
}

/** One line where one of both is so and the other is not. */
function both(told: Told, what: string, word: Word, happened: boolean, text: string): Disagreement[] {
  const said = told.components.get(what) ?? [];
  const announced = said.some((each) => each.word === word);
  if (announced === happened) return [];
  const all = said.map((each) => each.word).join(", ") || "nothing";
  const how = announced ? "announced, and did not happen" : "happened unannounced";
  return [
    { what: what.replaceAll('"', ""), text: `in the preview, ${how}: ${word}, ${text} (said: ${all})` },
  ];
}

function stepped(told: Told, key: string, what: string, happened: boolean): Disagreement[] {
  const step = told.steps.get(key);
  if ((step !== undefined) === happened) return [];
  return [{ what, text: `the preview shows ${step ?? "no step"}, and it ${happened ? "changes" : "stays"}` }];
}

/** Of a new container only what goes beyond Docker's defaults is told. */
const beyondDefaults = /^(privileged|capability|device|the path|seccomp)/;

function containers({
  preview,
  earlier,
  before,
  after,
  declared,
  scope,
  foreign,
}: ToldRound): Disagreement[] {
  const all = new Set([earlier, before, after].flatMap((view) => Object.keys(view.containers)));
  return [...all].flatMap((name) => {
    const [was, old, now] = [earlier, before, after].map((view) => view.containers[name]);
    const isJob = (now ?? was)?.isJob === true;
    const what = `${isJob ? "job" : "container"} "${name}"`;
    const gained = (now?.powers ?? []).filter((each) =>
      was === undefined ? beyondDefaults.test(each) : !was.powers.includes(each),
    );
    const open = (now?.open ?? []).filter((each) => was?.open.includes(each) !== true);
    const left = Object.entries(was?.volumes ?? {}).filter(
      ([path, volume]) =>
        now !== undefined &&
        now.volumes[path] !== volume &&
        declared.after.has(volume.slice(scope.length + 1)),
    );
    const isGone = !isJob && old?.running === true && now === undefined && !lives(after, old.service);
    const isDown = !isJob && was !== undefined && old?.running !== true && now !== undefined;
    return [
      ...both(preview, what, "permanent outage", isGone, "nothing is left of it"),
      ...both(preview, what, "down now", isDown, "it does not run when the preview looks"),
      ...both(preview, what, "privilege widened", gained.length > 0, gained.join(", ")),
      ...both(preview, what, "exposure widened", open.length > 0, open.join(", ")),
      ...both(preview, what, "data left behind", left.length > 0, left.map(([path]) => path).join(", ")),
      ...both(preview, what, "takeover", foreign.has(name), "somebody else started one of its name"),
      ...stepped(preview, `Container ${name}`, what, was?.id !== now?.id || was?.told !== now?.told),
    ];
  });
}

const lives = ({ containers: all }: Round["after"], service: string): boolean =>
  Object.values(all).some((each) => each.service === service && !each.isJob);

function networks({ preview, before, after }: ToldRound): Disagreement[] {
  return Object.entries(after.networks).flatMap(([name, now]) => {
    const old = before.networks[name];
    const opens = old !== undefined && old.internal && !now.internal;
    return [
      ...both(preview, `network "${name}"`, "exposure widened", opens, "a way out"),
      ...stepped(preview, `Network ${name}`, `network ${name}`, old?.id !== now.id),
    ];
  });
}

function volumes({ preview, earlier, after, declared, unapplied }: ToldRound): Disagreement[] {
  const all = new Set([...Object.keys(earlier.volumes), ...Object.keys(after.volumes)]);
  return [...all].flatMap((name) => {
    const [was, now] = [earlier.volumes[name], after.volumes[name]];
    const goes = declared.before.has(name) && !declared.after.has(name);
    const what = `volume "${name}"`;
    const said = preview.unapplied.includes(name);
    return [
      ...both(preview, what, "data loss", was !== undefined && now !== was, "its data"),
      ...both(preview, what, "data left behind", goes && now !== undefined, "it stays with its data"),
      ...(said === unapplied.has(name)
        ? []
        : [
            {
              what: `volume ${name}`,
              text: `options not applied: ${said ? "told, and not so" : "so, and not told"}`,
            },
          ]),
    ];
  });
}

/** How long nobody answered by the name of a service, and what was announced of its containers. */
export interface Silence {
  readonly service: string;
  readonly milliseconds: number;
  readonly said: readonly Consequence[];
  /** The most that was announced, without the start of the new container. */
  readonly boundSeconds: number;
  /** Whether one container was before and one after. */
  readonly isSingle: boolean;
}

/** Of each service that ran before and runs after. */
export function silences({ preview, earlier, before, after, gaps }: ToldRound): Silence[] {
  const own = (view: Round["after"], service: string): [string, ContainerView][] =>
    Object.entries(view.containers).filter(
      ([, each]) => each.service === service && !each.isJob && each.running,
    );
  const all = [before, after].flatMap((view) => Object.values(view.containers).map((each) => each.service));
  return [...new Set(all)].flatMap((service) => {
    const [olds, news] = [own(before, service), own(after, service)];
    if (olds.length === 0 || news.length === 0) return [];
    const names = [...own(earlier, service), ...olds, ...news].map(([name]) => name);
    const said = [...new Set(names)].flatMap((name) => outagesOf(preview, name));
    const seen = gaps.filter((gap) => gap.service === service).map((gap) => gap.milliseconds);
    return [
      {
        service,
        milliseconds: Math.max(0, ...seen),
        said,
        boundSeconds: Math.max(0, ...said.map(({ why }) => boundOf(why))),
        isSingle: olds.length === 1 && news.length === 1,
      },
    ];
  });
}

function services(round: ToldRound): Disagreement[] {
  return silences(round).flatMap((silence) => {
    const fault = gapFault(silence);
    return fault === undefined
      ? []
      : [{ what: `container ${silence.service}-1`, text: `in the preview, ${fault}` }];
  });
}

const outagesOf = (told: Told, name: string): Consequence[] =>
  (told.components.get(`container "${name}"`) ?? []).filter(({ word }) => word === "brief outage");

/** Of several containers of one service the client sees the last one go. */
function gapFault({ milliseconds, said, boundSeconds, isSingle }: Silence): string | undefined {
  const seen = milliseconds > OUTAGE_MS;
  const text = `${(milliseconds / 1000).toFixed(2)} s without an answer`;
  if (said.length === 0) return seen ? `happened unannounced: ${text}` : undefined;
  const isSure = said.some(({ why }) => !why.includes("maybe before its new container is ready"));
  if (!seen) return isSure && isSingle ? `announced, and did not happen: ${text}` : undefined;
  const allowed = said.some(({ why }) => why.includes(", the network is replaced and "))
    ? NETWORK_MS
    : START_MS;
  return milliseconds > boundSeconds * 1000 + allowed
    ? `${text}, announced: at most ${String(boundSeconds)} s and a start`
    : undefined;
}
