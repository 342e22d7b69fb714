/** The pull policy of a service's image. */

import * as k from "./aspects/key";
import { NO_INPUT, warned } from "./aspects/limit";
import * as read from "./aspects/read";
import * as shape from "./aspects/shape";

const NEW_NAME = "use a new tag or the digest of the image";

export const pullPolicy = k.leaf(
  shape.textLike(
    /always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+/,
    "always, missing, never, build, daily, weekly or every_<duration>",
  ),
  read.text,
  {
    host: [
      warned(
        "requests a newer image, but a tag is only pulled when its name is new in the program",
        NEW_NAME,
        ["always", "daily", "weekly", "refresh", "every_*"],
      ),
      warned(
        "only affects docker compose up; an image that is missing on the host is pulled",
        "build or load it first",
        ["never"],
      ),
    ],
  },
);

export const pullRefreshAfter = k.unprinted(k.key(k.text, { host: warned(NO_INPUT, NEW_NAME) }));
