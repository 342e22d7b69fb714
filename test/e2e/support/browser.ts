/** A real Chromium in a container, so that a machine needs no browser of its own. It reaches 127.0.0.1 alone. */

import { setTimeout as wait } from "node:timers/promises";

import { type Browser, chromium, type Page } from "playwright-core";

import { docker } from "../../engine/support/docker";
import { freePort } from "../../engine/support/free-port";
import { buildImage } from "./build";

/** What a run that was cut short has left is removed by this label, at the start of the next. */
const OWN = "io.dockwright.project=dw-test";

export interface OpenBrowser {
  readonly page: Page;
  close(): Promise<void>;
}

/** @param name of its container, begins with `dw-test` */
export async function openBrowser(name: string): Promise<OpenBrowser> {
  const image = buildImage("browser", "browser");
  const port = await freePort();
  const options = ["--rm", "--init", "--network", "host", "--name", name, "--label", OWN];
  docker("run", "-d", ...options, image, `--remote-debugging-port=${String(port)}`);
  const remove = (): void => void docker("rm", "--force", name);
  try {
    const browser = await connected(name, port);
    const [context = await browser.newContext()] = browser.contexts();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return {
      page,
      close: async () => {
        await browser.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Chromium opens its port some seconds after it was started. */
async function connected(name: string, port: number, tries = 60): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`);
  } catch (error) {
    if (tries > 0) {
      await wait(1000);
      return connected(name, port, tries - 1);
    }
    throw new Error(`the browser does not answer; it printed:\n${docker("logs", name)}`, { cause: error });
  }
}
