import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";

test("the demo has a finished scan, two reports and a run of models, called synthetic wherever they show", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Explore the demo" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await expect(page.getByText(/synthetic/i).first()).toBeVisible();

  await page.goto("/markets");
  await expect(page.getByText("Synthetic").first()).toBeVisible();

  await page.goto("/discover");
  await page.getByRole("table", { name: "Scans" }).getByRole("link").first().click();
  await expect(page.getByText(/780 pairs tested/)).toBeVisible();
  await expect(page.getByText("Synthetic").first()).toBeVisible();

  await page.goto("/strategies");
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(3);

  await page.goto("/backtests");
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(3);
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByRole("table", { name: "Trades" })).toBeVisible();
  await expect(page.getByText("Synthetic").first()).toBeVisible();
  await expect(page.locator("canvas").first()).toBeVisible();

  await page.goto("/models?view=runs");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("Worse than a baseline").first()).toBeVisible();
  await expect(page.getByText("Synthetic").first()).toBeVisible();
});

test("a stranger lands where they wanted to go, and the image optimiser is shut", async ({
  page,
}) => {
  await page.goto("/strategies?x=1");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect((await page.request.get("/_next/image?url=%2Ficon.svg&w=64&q=75")).status()).toBe(404);
});

test("zoom is one for all charts of a report, and double-click undoes it", async ({ page }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Explore the demo" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/backtests");
  await page.getByRole("table").getByRole("link").first().click();
  const chart = page.locator("canvas").first();
  await expect(chart).toBeVisible();
  const box = await chart.boundingBox();
  if (box === null) throw new Error("the chart has no box");
  const all = page.getByRole("button", { name: "All", exact: true });
  await expect(all).toHaveAttribute("aria-pressed", "true");
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect(all).toHaveAttribute("aria-pressed", "false");
  await page.mouse.dblclick(box.x + box.width * 0.4, box.y + 60);
  await expect(all).toHaveAttribute("aria-pressed", "true");
});

test("no page has a serious accessibility fault or an error in its console", async ({ page }) => {
  test.slow();
  await page.goto("/");
  await page.getByRole("button", { name: "Explore the demo" }).click();
  await expect(page).toHaveURL(/\/home$/);
  const linkOf = async (list: string, pattern: RegExp) => {
    await page.goto(list);
    const links = page.getByRole("main").getByRole("link");
    await links.first().waitFor();
    const targets = await links.evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    const found = targets.find((target) => pattern.test(target));
    if (found === undefined) throw new Error(`${list} has no link like ${pattern}`);
    return found;
  };
  const scan = await linkOf("/discover", /^\/discover\/scans\/[0-9a-f]/);
  const paths = [
    ...["/", "/home", "/markets", await linkOf("/markets", /^\/markets\/\d+$/), "/markets/upload"],
    ...["/discover", "/discover/universes/new", "/discover/scans/new", scan],
    ...["/discover/suggested", "/discover/why-calibrated", `${scan}?view=map`],
    ...[await linkOf(scan, /^\/pairs\//), "/strategies", "/strategies/new"],
    ...["/strategies/new?kind=momentum-ranking", "/strategies/published"],
    ...[await linkOf("/strategies", /^\/strategies\/[0-9a-f]{8}/), "/backtests", "/backtests/new"],
    ...[await linkOf("/backtests", /^\/backtests\/[0-9a-f]/), "/optimisations"],
    ...["/optimisations/new", "/shares", "/jobs", "/account", "/models", "/models/datasets/new"],
    await linkOf("/models?view=runs", /^\/models\/runs\/[0-9a-f]{8}/),
    "/glossary",
  ];
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page, path);
  }
});
