import { text } from "../core/schema";

export const hostNameSchema = text(
  "a host name: letters, digits, . and -",
  (value) => /^[a-zA-Z0-9_]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$/.test(value) && value.length <= 253,
);
