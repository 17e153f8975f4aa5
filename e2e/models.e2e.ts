import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { priceCsvFiles } from "./price-csv.ts";
import { signUp } from "./sign-up.ts";

// What is not there is told by its step, not by the end of the test.
test.use({ actionTimeout: 20_000 });

/** Finds an option of a searchable select by typing, and takes it. */
async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(option);
  await page.getByRole("option", { name: option }).click();
}

/** Trains on the dataset whose page is open, and waits for the verdict. */
async function train(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Train models" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Train models" })).toBeVisible();
  await expect(page.getByText("Everything is filled in.")).toBeVisible();
  await page.getByRole("button", { name: "Start the run" }).click();
  await expect(page.getByRole("table", { name: /^Models/ })).toBeVisible();
}

test("a model is trained, judged, kept, promoted, put before a strategy and swapped", async ({
  page,
}) => {
  const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name });

  await test.step("sign up and bring prices", async () => {
    await signUp(page, "Emmy");
    await page.goto("/markets/upload", { waitUntil: "networkidle" });
    await page
      .getByLabel("CSV files")
      .setInputFiles(priceCsvFiles(3_000).map((file) => ({ ...file, mimeType: "text/csv" })));
    await page.getByRole("button", { name: "Import 3 files" }).click();
    const imported = page.getByRole("region", { name: "Imported series" });
    for (const symbol of ["ALPHA", "BRAVO"]) await expect(imported).toContainText(symbol);
  });

  const datasetPath = await test.step("a dataset, with its rows before it is saved", async () => {
    await page.goto("/models");
    await expectAccessible(page, "no models yet");
    await page.getByRole("link", { name: "New dataset" }).first().click();
    await expect(heading("New dataset")).toBeVisible();
    await page.getByRole("button", { name: "Spread direction" }).click();
    await page.getByLabel("Name").fill("Reverting pair");
    await choose(page, "Leg Y", "ALPHA");
    await choose(page, "Leg X", "BRAVO");
    // Until April 2024: the bars after it are for the strategy.
    await page.getByLabel("Until").fill("2024-04-01T00:00");
    await expect(page.getByText("Everything is filled in.")).toBeVisible();
    await expect(page.getByText(/[\d,]+ rows/).first()).toBeVisible();
    await expect(page.locator("canvas").first()).toBeVisible();
    await expectAccessible(page, "the form of a dataset");
    await page.getByRole("button", { name: "Save dataset" }).click();
    await expect(heading("Reverting pair")).toBeVisible();
    await expectAccessible(page, "a dataset");
    return new URL(page.url()).pathname;
  });

  await test.step("train models and read the verdict", async () => {
    await train(page);
    await expect(page.getByText(/beat/).first()).toBeVisible();
    await expectAccessible(page, "the result of a run");
  });

  const modelPath = await test.step("keep one and promote it", async () => {
    await page.getByRole("row", { name: /Logistic regression/ }).click();
    await expect(page.locator("canvas").first()).toBeVisible();
    await page.getByRole("button", { name: "Register" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Register the model" });
    await dialog.getByLabel("Name").fill("Reverter");
    await dialog.getByRole("button", { name: "Register" }).click();
    await page.getByRole("link", { name: /^Open/ }).click();
    await expect(heading("Reverter")).toBeVisible();
    await page.getByRole("button", { name: /^Promote/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Promote" }).click();
    await expect(page.getByText("Live").first()).toBeVisible();
    await expectAccessible(page, "a model");
    return new URL(page.url()).pathname;
  });

  await test.step("put it before a strategy, on bars that it has not seen", async () => {
    await page.goto("/strategies/new?kind=z-score-reversion");
    await page.getByLabel("Name").fill("Gated");
    await choose(page, "Leg Y", "ALPHA");
    await choose(page, "Leg X", "BRAVO");
    await page.getByLabel("Model", { exact: true }).selectOption({ label: "Reverter v1 (live)" });
    await page.getByLabel("Formation until").fill("2024-03-01T00:00");
    await page.getByLabel("Trading from").fill("2024-04-02T00:00");
    await expect(page.getByText("Everything is filled in.")).toBeVisible();
    await page.getByRole("button", { name: "Save strategy" }).click();
    await expect(heading("Gated")).toBeVisible();
    await page.getByRole("button", { name: "Backtest", exact: true }).click();
    await expect(page.getByRole("table", { name: "Trades", exact: true })).toBeVisible();
    await expect(page.getByText("No look-ahead found")).toBeVisible();
  });

  await test.step("swap it for another one, without a restart", async () => {
    await page.goto(datasetPath);
    await train(page);
    await page.getByRole("row", { name: /Gradient boosting/ }).click();
    await page.getByRole("button", { name: "Register" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Register the model" });
    await dialog.getByRole("radio", { name: /A new version/ }).check();
    await dialog.getByRole("button", { name: "Register" }).click();
    await page.getByRole("link", { name: /^Open/ }).click();
    await page.goto(`${modelPath}?version=2`);
    await page.getByRole("button", { name: /^Promote/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Promote" }).click();
    await expect(page.getByText("It has replaced version 1.")).toBeVisible();
    await page.getByRole("tab", { name: "Predictions" }).click();
    await expect(page.getByRole("heading", { name: "What version 2 says" })).toBeVisible();
    await expect(page.getByRole("row", { name: /ALPHA \/ BRAVO/ }).first()).toBeVisible();
    await expectAccessible(page, "predictions");
  });
});
