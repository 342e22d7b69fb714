import { pause } from "../engine/support/processes";
import type { Fault, Verdict } from "./proxy";

/** Ways in which a deployment is disturbed at a call. */
export const MODES = ["kill", "drop", "error", "delay", "restart"] as const;
export type Mode = (typeof MODES)[number];

/** What a fault can reach. */
export interface Victims {
  /** Kills the Pulumi CLI, and nothing else. */
  readonly kill: () => void;
  /** Restarts the Engine. */
  readonly restart: () => Promise<void>;
}

const DELAY_MS = 4_000;

const strikes: Record<Mode, (victims: Victims) => Verdict | Promise<Verdict>> = {
  // The call was on its way: the Engine does it, and nobody notes it down.
  kill: ({ kill }) => {
    kill();
    return "forward";
  },
  // The worst moment: done, but the caller cannot know.
  drop: () => "lose-answer",
  error: () => "answer-500",
  delay: async (): Promise<Verdict> => {
    await pause(DELAY_MS);
    return "forward";
  },
  // Calls meanwhile, this one too, find nobody there.
  restart: ({ restart }) => {
    void restart();
    return "forward";
  },
};

export function fault(mode: Mode, at: Fault["at"], victims: Victims): Fault {
  return { at, strike: () => strikes[mode](victims) };
}
