import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { priceCsvFiles } from "./price-csv.ts";
import { signUp } from "./sign-up.ts";

const NOTE = "Only I may read this.";

/** Finds an option of a searchable select by typing, and takes it. */
async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(option);
  await page.getByRole("option", { name: option }).click();
}

/** Ticks a parameter of an optimisation and says which values are tried. */
async function vary(page: Page, parameter: string, values: string): Promise<void> {
  const group = page.getByRole("group", { name: parameter, exact: true });
  await group.getByRole("checkbox", { name: parameter, exact: true }).check();
  await group.getByRole("combobox", { name: "Values" }).selectOption("A list");
  await group.getByRole("textbox", { name: "One by one" }).fill(values);
}

test("a strategy is built, tested, optimised, walked forward, compared, shared and verified", async ({
  page,
  browser,
}) => {
  test.slow();
  const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name });
  const tab = (name: string | RegExp) => page.getByRole("tab", { name });

  await test.step("sign up and bring prices", async () => {
    await signUp(page, "Grace");
    await page.goto("/markets/upload", { waitUntil: "networkidle" });
    await page
      .getByLabel("CSV files")
      .setInputFiles(priceCsvFiles(4_000).map((file) => ({ ...file, mimeType: "text/csv" })));
    await page.getByRole("button", { name: "Import 3 files" }).click();
    const imported = page.getByRole("region", { name: "Imported series" });
    for (const symbol of ["ALPHA", "BRAVO", "CHARLIE"])
      await expect(imported).toContainText(symbol);
  });

  await test.step("build it from the gallery, with its signals beside the form", async () => {
    await page.goto("/strategies");
    await expectAccessible(page, "the gallery");
    await page.getByRole("link", { name: "Z-score reversion" }).click();
    await expect(heading("New strategy")).toBeVisible();
    await page.getByLabel("Name").fill("Reverting");
    await choose(page, "Leg Y", "ALPHA");
    await choose(page, "Leg X", "BRAVO");
    await choose(page, /^Benchmark/, "CHARLIE");
    await page.getByLabel("Z-score window").fill("48");
    await expect(page.getByText("Everything is filled in.")).toBeVisible();
    await expect(page.getByText(/^\d+ entries in [\d,]+ bars/)).toBeVisible();
    await expect(page.locator("canvas").first()).toBeVisible();
    await expectAccessible(page, "the form of a strategy");

    // What cannot be is said beside its field, before anything is sent.
    const exit = page.getByRole("spinbutton", { name: /^Exit/ });
    await exit.fill("3");
    await expect(page.getByText("The exit must be below the entry")).toBeVisible();
    await exit.fill("0.5");
    await page.getByRole("button", { name: "Save strategy" }).click();
    await expect(heading("Reverting")).toBeVisible();
    await expectAccessible(page, "a strategy");
  });

  const trades = page.getByRole("table", { name: "Trades", exact: true });
  const reportPath = await test.step("backtest it and read the report", async () => {
    await page.getByRole("button", { name: "Backtest", exact: true }).click();
    await expect(trades).toBeVisible();
    await expect(page.getByText("past performance does not").first()).toBeVisible();
    await expect(page.getByText("No look-ahead found")).toBeVisible();
    await expect(page.locator("canvas").first()).toBeVisible();
    await expectAccessible(page, "a report");
    const { pathname } = new URL(page.url());

    await trades.getByRole("row").nth(2).click();
    await expect(page).toHaveURL(/[?&]trade=2\b/);
    await expect(page).toHaveURL(/[?&]span=/);
    await expect(trades.getByRole("rowheader", { name: /Bought (ALPHA|BRAVO)/ })).toBeVisible();

    await tab("Returns").click();
    await expect(page.getByRole("region", { name: "Monthly returns" })).toContainText("2024");
    const benchmarks = page.getByRole("region", { name: "Against benchmarks" });
    await expect(benchmarks.getByRole("columnheader", { name: /CHARLIE/ })).toBeVisible();
    await expect(benchmarks.getByRole("columnheader", { name: /cash/i })).toBeVisible();
    await expectAccessible(page, "returns of a report");

    await tab("Evidence").click();
    await expect(page.getByText("Passed", { exact: true })).toBeVisible();
    await expect(page.getByText("the same signals one bar later")).toBeVisible();
    await expectAccessible(page, "evidence of a report");
    return pathname;
  });

  await test.step("a note to oneself", async () => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Tags and notes" }).click();
    await page.getByRole("dialog").getByLabel("Notes").fill(NOTE);
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Notes", exact: true })).toContainText(NOTE);
  });

  await test.step("optimise it on a small grid", async () => {
    await page.getByRole("link", { name: "Strategy", exact: true }).click();
    await page.getByRole("link", { name: "Optimise", exact: true }).click();
    await expect(heading("Start an optimisation")).toBeVisible();
    await vary(page, "Z-score window", "24, 48, 72, 96");
    await vary(page, "Entry", "1, 1.5, 2, 2.5");
    await expect(page.getByText("4 × 4")).toBeVisible();
    await expectAccessible(page, "the form of an optimisation");
    await page.getByRole("button", { name: "Start the optimisation" }).click();
    await expect(heading("Optimisation of Reverting v1")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Best trial", exact: true })).toBeVisible();
    await expect(page.getByText(/^Of 16, in/)).toBeVisible();
    await expectAccessible(page, "an optimisation");
  });

  await test.step("find a trial on the map, and weigh it against luck", async () => {
    await tab("Map").click();
    const map = page.getByRole("group", { name: /^Sharpe ratio over .*arrows move/ });
    await map.press("ArrowRight");
    await map.press("Enter");
    await expect(page.getByRole("heading", { name: /^Pinned: trial \d+$/ })).toBeVisible();
    await expectAccessible(page, "the map of an optimisation");
    await tab("Over-fitting").click();
    await expect(page.getByText("In this search", { exact: true })).toBeVisible();
    await expectAccessible(page, "over-fitting of an optimisation");
  });

  await test.step("make the best one a version", async () => {
    await tab(/^Best trials/).click();
    await page.getByRole("button", { name: "Save as version: rank 1", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save as version" }).click();
    await expect(page.getByText("Saved as version 2 of “Reverting”")).toBeVisible();
    await page.getByRole("button", { name: "Open it" }).click();
    await expect(tab("Version 2")).toBeVisible();
  });

  await test.step("walk it forward", async () => {
    await page.getByRole("link", { name: "Walk forward", exact: true }).click();
    await expect(page.getByRole("radio", { name: /^Walk-forward/ })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Select strategy Reverting" })).toBeChecked();
    await page.getByLabel("Learn on").fill("720");
    await page.getByRole("spinbutton", { name: /^Trade/ }).fill("720");
    await expect(page.getByText(/^About 5 windows/)).toBeVisible();
    await expectAccessible(page, "the form of a walk-forward");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const windows = page.getByRole("table", { name: "Windows" });
    await expect(windows.getByRole("row")).toHaveCount(6);
    await windows.getByRole("row").nth(3).click();
    await expect(page.getByRole("heading", { name: "Pairs of window 3" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "ALPHA / BRAVO in window 3" })).toBeVisible();
    await expect(page.getByRole("img", { name: /^What the strategy saw of ALPHA/ })).toBeVisible();
    await expect(page.getByText("No look-ahead found")).toBeVisible();
    await expectAccessible(page, "a walk-forward");
  });

  await test.step("compare the two", async () => {
    await page.goto("/backtests");
    await page.getByRole("checkbox", { name: "Select all shown backtests" }).check();
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await expect(heading("Compare backtests")).toBeVisible();
    const differences = page.getByRole("region", { name: "Difference from the reference" });
    await expect(differences.getByRole("rowheader", { name: "B", exact: true })).toBeVisible();
    await expect(differences).toContainText(/could be luck|A is (better|worse)/);
    await expect(page.getByRole("region", { name: "Figures" })).toContainText("Sharpe ratio");
    await expect(page.getByRole("region", { name: "Settings that differ" })).toBeVisible();
    await expect(page.locator("canvas").first()).toBeVisible();
    await expectAccessible(page, "a comparison");
  });

  const link = await test.step("share the first report without the note", async () => {
    await page.goto(reportPath);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await expect(page.getByRole("checkbox", { name: "Show my notes" })).not.toBeChecked();
    await page.getByRole("button", { name: "Create link" }).click();
    return page.getByRole("textbox", { name: "Link" }).inputValue();
  });

  await test.step("somebody without an account has it run again, and everything agrees", async () => {
    const stranger = await browser.newContext();
    const theirs = await stranger.newPage();
    await theirs.goto(link);
    await expect(theirs.getByRole("heading", { level: 1, name: "Reverting v1" })).toBeVisible();
    await expect(theirs.getByRole("table", { name: "Trades", exact: true })).toBeVisible();
    await expect(theirs.locator("canvas").first()).toBeVisible();
    expect(await theirs.content()).not.toContain(NOTE);
    await expectAccessible(theirs, "a shared report");

    await theirs.getByRole("button", { name: "Verify", exact: true }).click();
    await expect(theirs.getByText("Everything agrees")).toBeVisible();
    const parts = theirs.getByRole("region", { name: "Compared parts" });
    for (const part of ["Settings", "Data", "Code", "Orders", "Fills", "Equity"]) {
      await expect(
        parts.getByRole("row", { name: new RegExp(`^${part}.* agrees$`) }),
      ).toBeVisible();
    }
    await expect(parts.getByText("differs")).toHaveCount(0);
    await expectAccessible(theirs, "a verified report");
    await stranger.close();
  });
});
