/** A typed Dockerfile whose context is copied for the build; what it does is said by variables of the environment. */

import { Container, Dockerfile, Image } from "../../../../components";

const { STAGED_CONTEXT = "", STAGED_BUILD = "true", STAGED_COMMAND = "true" } = process.env;

const dockerfile = Dockerfile.from("debian:bookworm-slim").copy(".", "/srv/").run(STAGED_BUILD);
const image = new Image("app", { build: { context: STAGED_CONTEXT, dockerfile }, keepBuilds: 0 });
new Container("web", {
  image,
  command: ["sh", "-c", STAGED_COMMAND],
  restart: "no",
  stopGraceSeconds: 1,
  monitorSeconds: 1,
});
