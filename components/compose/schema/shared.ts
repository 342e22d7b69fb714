/** Parts that several keys have in common. */

import type { z } from "zod";

import {
  command,
  either,
  leaf,
  listOf,
  mapOf,
  nothing,
  numeric,
  pairs,
  shape,
  text,
  textOrTexts,
  texts,
  truth,
  whole,
  wordOf,
} from "./leaf";

/** Secrets and configs of a service. */
export const fileReferences = listOf(
  either({ text, map: shape({ source: text, target: text, uid: text, gid: text, mode: numeric }) }),
);

export const hosts = either({ map: mapOf(either({ text, list: listOf(text) })), list: texts });

export const ulimits = mapOf(
  either({ whole, text, map: shape({ hard: whole, soft: whole }, { required: ["soft", "hard"] }) }),
);

export const envFiles = either({
  text,
  list: listOf(
    either({ text, map: shape({ path: text, format: text, required: truth }, { required: ["path"] }) }),
  ),
});

export function deviceRequests(required: readonly string[]): z.ZodType {
  return listOf(
    shape(
      { capabilities: texts, count: leaf("whole", "text"), device_ids: texts, driver: text, options: pairs },
      { required },
    ),
  );
}

export const development = either({
  null: nothing,
  map: shape({
    watch: listOf(
      shape(
        {
          ignore: textOrTexts,
          include: textOrTexts,
          path: text,
          action: wordOf("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
          target: text,
          exec: shape(
            { command, user: text, privileged: truth, working_dir: text, environment: pairs },
            { required: ["command"] },
          ),
          initial_sync: leaf("truth"),
        },
        { required: ["path", "action"] },
      ),
    ),
  }),
});
