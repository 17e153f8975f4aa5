import { expect, type Page } from "@playwright/test";

/** A workspace of one's own, with nothing in it yet. */
export async function signUp(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Sign up" }).first().click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(`${crypto.randomUUID()}@example.test`);
  await page.getByLabel("Password").fill("correct horse battery staple");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL(/\/home$/);
}
