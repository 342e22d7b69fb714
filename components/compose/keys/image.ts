/** When the image of a service is pulled. */

import * as k from "./aspects/key";
import { NO_INPUT, warned } from "./aspects/limit";
import * as read from "./aspects/read";
import * as shape from "./aspects/shape";

const NEW_NAME = "name the image by a new tag or by its digest";

export const pullPolicy = k.leaf(
  shape.textLike(
    /always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+/,
    "always, missing, never, build, daily, weekly or every_<duration>",
  ),
  read.text,
  {
    host: [
      warned(
        "asks for a newer image, and here a tag is pulled when its name is new to the program",
        NEW_NAME,
        ["always", "daily", "weekly", "refresh", "every_*"],
      ),
      warned(
        "is about docker compose up; here an image that the host does not have is pulled",
        "build or load it before",
        ["never"],
      ),
    ],
  },
);

export const pullRefreshAfter = k.unprinted(k.key(k.text, { host: warned(NO_INPUT, NEW_NAME) }));
