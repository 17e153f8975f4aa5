import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";

test("a pair goes from the scan to the workbench and on to a strategy", async ({ page }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Explore the demo" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/discover");
  await page.getByRole("table", { name: "Scans" }).getByRole("link").first().click();
  await expect(page.getByText(/780 pairs tested/)).toBeVisible();
  await page.locator('a[href^="/pairs/"]').first().click();
  await page.getByRole("link", { name: "Open the workbench" }).click();
  // The question came whole from the scan, so it is asked by itself.
  const tests = page.getByRole("table", { name: /^Tests of/ });
  await expect(tests).toBeVisible();
  await expect(page).not.toHaveURL(/run=/);
  const address = page.url();

  await page.getByLabel("Hedge ratio", { exact: true }).selectOption("kalman-ml");
  await page.getByRole("button", { name: "Run the analysis" }).click();
  await expect
    .poll(() => new URL(page.url()).searchParams.get("analysis"))
    .not.toBe(new URL(address).searchParams.get("analysis"));
  await expect(tests).toBeVisible();
  await expect(tests.getByText("Engle–Granger, better direction")).toBeVisible();
  await expect(page.getByText(/^Signal quality/)).toBeVisible();
  await expect(page.locator("canvas").first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // The address holds the question and its answer.
  await page.reload();
  await expect(tests).toBeVisible();
  await expect(page.getByLabel("Hedge ratio", { exact: true })).toHaveValue("kalman-ml");

  await page.getByRole("link", { name: "Use in a strategy" }).first().click();
  await expect(page).toHaveURL(/\/strategies\/new\?/);
  await expect(page.getByLabel(/^Entry/)).toHaveValue(/^\d/);
});

test("a question that cannot be asked says what is wrong with it", async ({ page }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Explore the demo" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/pairs/workbench?z=2", { waitUntil: "networkidle" });
  await expect(page.getByText("At least 3")).toBeVisible();
  await page.getByRole("button", { name: "Run the analysis" }).click();
  await expect(page.getByText("Choose an interval")).toBeVisible();
  await expect(page).not.toHaveURL(/analysis=/);
});
