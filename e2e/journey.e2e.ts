import { expect, test } from "./fixtures.ts";
import { priceCsvFiles } from "./price-csv.ts";
import { signUp } from "./sign-up.ts";

test("from prices to a shared report, and the link gone when revoked", async ({
  page,
  browser,
}) => {
  await test.step("sign up", () => signUp(page, "Ada"));

  await test.step("upload, with a file that is refused and then taken without its bad row", async () => {
    await page.goto("/markets/upload", { waitUntil: "networkidle" });
    const [alpha, ...others] = priceCsvFiles(2_000);
    if (alpha === undefined) throw new Error("no files");
    const lines = alpha.buffer.toString().split("\n");
    lines[100] = lines[100]?.replace(/,[^,]+,1000$/, ",-5,1000") ?? "";
    const files = [{ ...alpha, buffer: Buffer.from(lines.join("\n")) }, ...others];
    await page
      .getByLabel("CSV files")
      .setInputFiles(files.map((file) => ({ ...file, mimeType: "text/csv" })));
    await page.getByRole("button", { name: "Import 2 files" }).click();
    await expect(page.getByRole("region", { name: "Imported series" })).toContainText("BRAVO");
    await expect(page.getByText("1 row is at fault")).toBeVisible();
    const rejected = page.getByRole("region", { name: "Rejected rows" });
    await expect(rejected.getByRole("row", { name: /^101 close/ })).toBeVisible();
    await page.getByLabel("Import the rows that are right and list the others").check();
    await page.getByRole("button", { name: "Import 1 file" }).click();
    await expect(page.getByRole("region", { name: "Imported series" })).toContainText("ALPHA");
    await expect(page.getByRole("region", { name: "Imported series" })).toContainText("CHARLIE");
  });

  await test.step("universe", async () => {
    await page.getByRole("link", { name: "Create a universe" }).click();
    await page.getByLabel("Name").fill("Three");
    await page.getByRole("combobox", { name: "Source" }).selectOption("Uploaded");
    await page.getByRole("button", { name: "Select all 3 shown" }).click();
    await page.getByRole("button", { name: "Save universe" }).click();
  });

  await test.step("scan", async () => {
    await page.getByRole("button", { name: "Start scan" }).click();
    await expect(
      page.getByText(/3 candidates of 3 instruments(?:, \w+ of them)? tested/),
    ).toBeVisible();
    await page.getByRole("tab", { name: "Heat map" }).click();
    await expect(page.locator("canvas").first()).toBeVisible();
    await page.getByRole("tab", { name: /Pairs/ }).click();
    await page.getByRole("row", { name: /ALPHA.*BRAVO/ }).click();
  });

  await test.step("pair", async () => {
    await expect(page.getByRole("heading", { name: "ALPHA / BRAVO" })).toBeVisible();
    await expect(page.locator("canvas").first()).toBeVisible();
    await page.getByRole("link", { name: "Make a strategy" }).click();
  });

  await test.step("strategy", async () => {
    await page.getByLabel("Name").fill("Alpha against Bravo");
    await page.getByRole("button", { name: "Save strategy" }).click();
    await expect(page.getByRole("heading", { name: "Alpha against Bravo" })).toBeVisible();
  });

  await test.step("backtest", async () => {
    await page.getByRole("button", { name: /^Backtest/ }).click();
    await expect(page.getByRole("table", { name: "Trades" })).toBeVisible();
    await expect(page.getByText("past performance does not").first()).toBeVisible();
    await expect(page.locator("canvas").first()).toBeVisible();
  });

  const link = await test.step("share", async () => {
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("button", { name: "Create link" }).click();
    return page.getByRole("textbox", { name: "Link" }).inputValue();
  });

  const stranger = await browser.newContext();
  const strangersPage = await stranger.newPage();
  await test.step("a stranger opens the link", async () => {
    const response = await strangersPage.goto(link);
    expect(response?.status()).toBe(200);
    expect(response?.headers()["x-robots-tag"]).toContain("noindex");
    await expect(strangersPage.getByRole("table", { name: "Trades" })).toBeVisible();
    await expect(strangersPage.locator("canvas").first()).toBeVisible();
  });

  await test.step("revoke, and it is gone", async () => {
    await page.goto("/shares");
    await page.getByRole("button", { name: /^Revoke/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Revoke/ })
      .click();
    await expect(page.getByRole("table").getByText("Revoked")).toBeVisible();
    const response = await strangersPage.goto(link);
    expect(response?.status()).toBe(404);
    await expect(strangersPage.getByText("This link does not open anything")).toBeVisible();
  });
  await stranger.close();
});
