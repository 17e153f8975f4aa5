import { expect, test } from "./fixtures.ts";

test("regression: a form sent before the page was ready put the password in the address", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-up");
  await page.getByLabel("Password").fill("seen by nobody");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForLoadState();
  expect(page.url()).not.toContain("seen");
  await context.close();
});
