import { setTimeout as wait } from "node:timers/promises";

import type { Page } from "playwright-core";

export interface Post {
  readonly title: string;
  readonly text: string;
}

/** Who runs the blog; it is made for one test and thrown away. */
const owner = { name: "editor", password: "An-Example-0f-a-Password" };

/** WordPress, as the one who runs it and one who reads it see it in a browser. */
export class Blog {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async install(): Promise<void> {
    await this.open("/wp-admin/install.php?step=1");
    await this.page.fill("#weblog_title", "A blog out of a Compose file");
    await this.page.fill("#user_login", owner.name);
    await this.page.fill("#pass1", owner.password);
    await this.page.fill("#admin_email", "editor@example.com");
    await this.page.click("#submit");
    await this.page.waitForSelector("text=Success!");
  }

  async logIn(): Promise<void> {
    await this.open("/wp-login.php");
    // A script of the page puts the cursor there a moment after it has loaded, from wherever it is.
    await this.page.waitForSelector("#user_login:focus");
    await this.page.fill("#user_login", owner.name);
    await this.page.fill("#user_pass", owner.password);
    await this.page.click("#wp-submit");
    await this.page.waitForSelector("#adminmenu");
  }

  /** In the editor of blocks, where text is written into the page itself. */
  async publish({ title, text }: Post): Promise<void> {
    await this.open("/wp-admin/post-new.php");
    await this.page.waitForSelector(".editor-post-publish-panel__toggle, .editor-post-publish-button");
    await this.closeGuide();
    await this.page.click("h1.wp-block-post-title");
    await this.page.keyboard.type(title);
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.type(text);
    await this.page.click(".editor-post-publish-panel__toggle");
    await this.page.click(".editor-post-publish-panel .editor-post-publish-button");
    await this.page.waitForSelector(".post-publish-panel__postpublish");
  }

  /** The database of a first start is not ready at once, as in every tutorial. */
  async open(at = "/"): Promise<void> {
    const end = Date.now() + 120_000;
    for (;;) {
      const answer = await this.page.goto(this.url + at).catch(() => undefined);
      if (answer?.ok() === true) return;
      if (Date.now() > end)
        throw new Error(`${this.url}${at} does not answer well: ${await this.page.content()}`);
      await wait(1000);
    }
  }

  async read(title: string): Promise<void> {
    await this.page.click(`main a:text-is("${title}")`);
    await this.page.waitForSelector(".entry-content");
  }

  heading(): Promise<string> {
    return this.page.innerText("h1");
  }

  posts(): Promise<string[]> {
    return this.page.locator("main h2").allInnerTexts();
  }

  text(): Promise<string> {
    return this.page.innerText(".entry-content");
  }

  private async closeGuide(): Promise<void> {
    const close = this.page.locator('[aria-label="Close dialog"], [aria-label="Close"]').first();
    await close.click({ timeout: 10_000 }).catch(() => undefined);
  }
}
