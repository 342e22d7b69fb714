import { Container, Image } from "dockwright";

const image = new Image("hello", { build: { context: "site" } });

const hello = new Container("hello", {
  image,
  ports: [{ container: 8080, host: 8000 }],
  healthCheck: { command: "busybox wget -q -O /dev/null http://127.0.0.1:8080/" },
});

export const url = hello.url(8080);
