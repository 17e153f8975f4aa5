import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

/** Errors that a browser prints when a page is fetched that is meant not to be there. */
const EXPECTED = /status of 404/;

function watch(page: Page, problems: string[]): void {
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) {
      problems.push(`${page.url()}: ${message.text()}`);
    }
  });
}

/** Every test fails on an error in the console of any page that it opens. */
export const test = base.extend<{ noConsoleErrors: undefined }>({
  noConsoleErrors: [
    async ({ context, browser }, use) => {
      const problems: string[] = [];
      const watchContext = (watched: BrowserContext) =>
        watched.on("page", (page) => watch(page, problems));
      watchContext(context);
      browser.on("context", watchContext);
      await use(undefined);
      browser.off("context", watchContext);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
