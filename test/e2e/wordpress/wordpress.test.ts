/** The Compose file that every tutorial begins with, as it is, used as a person uses it: through a browser. */

import os from "node:os";
import path from "node:path";

import { ComposeProject } from "../../../components";
import { Deployment } from "../../engine/support/deployment";
import { docker, inspect } from "../../engine/support/docker";
import { freePort } from "../../engine/support/free-port";
import { buildImage } from "../support/build";
import { openBrowser, type OpenBrowser } from "../support/browser";
import { Blog } from "./blog";

jest.setTimeout(300_000);

const project = "dw-test-blog";
const volumes = ["db_data", "wp_data"].map((each) => `${project}_${each}`);
const post = { title: "A post that stays", text: "Written before the containers were taken down." };
const stack = new Deployment("wordpress");

let browser: OpenBrowser | undefined;
let blog: Blog;
let environment: Record<string, string>;
const program = async () => {
  new ComposeProject("blog", {
    files: path.join(__dirname, "compose.yaml"),
    environment,
    protectVolumes: false,
  });
  await Promise.resolve();
};

beforeAll(async () => {
  const address = `127.0.0.1:${String(await freePort())}`;
  environment = {
    BLOG_PROJECT: project,
    MYSQL_IMAGE: buildImage("mysql", "wordpress/images/mysql"),
    WORDPRESS_IMAGE: buildImage("wordpress", "wordpress/images/wordpress"),
    // An installation page is not for the network that this machine is in.
    WORDPRESS_PORT: address,
  };
  browser = await openBrowser(`${project}-browser`);
  blog = new Blog(browser.page, `http://${address}`);
}, 1_800_000);

afterAll(async () => {
  // What the browser saw last tells the most of a failure.
  await browser?.page.screenshot({ path: path.join(os.tmpdir(), `${project}.png`) });
  await browser?.close();
  await stack.cleanUp();
  docker("volume", "rm", "--force", ...volumes);
});

it("is installed through its web page", async () => {
  await stack.up(program);
  await blog.install();
  expect(await blog.heading()).toBe("Success!");
});

it("publishes a post", async () => {
  await blog.logIn();
  await blog.publish(post);
  await blog.open();
  expect(await blog.posts()).toContain(post.title);
});

it("P1 has nothing to do at the second up", async () => {
  expect((await stack.up(program)).steps).toEqual({});
});

it("P5 has the post when it was destroyed and is up again, in new containers", async () => {
  const before = inspect(`${project}-db-1`).Id;
  await stack.destroy();
  expect(docker("ps", "-aq", "--filter", `label=com.docker.compose.project=${project}`)).toBe("");
  await stack.up(program);
  await blog.open();
  expect(await blog.posts()).toContain(post.title);
  await blog.read(post.title);
  expect(await blog.text()).toContain(post.text);
  expect(inspect(`${project}-db-1`).Id).not.toBe(before);
});
