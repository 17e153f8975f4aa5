import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { findBrowser } from "../scripts/find-browser.ts";
import { atMost, type Figure } from "./figure.ts";
import type { Journey } from "./journey.ts";

/** What a page sends over the wire as JavaScript: before its charts, and for them. */
type Scripts = { readonly firstKb: number; readonly chartKb: number };

/**
 * Scripts that the document itself names are the first load; those that the page asks for afterwards,
 * once it is painted, are the charts' (a page without a chart asks for none but prefetches, which are
 * told by their being modules of the router, not of the chart library).
 */
async function scriptsOf(page: Page, url: string): Promise<Scripts> {
  const sizes = new Map<string, number>();
  const chart = new Set<string>();
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith(".js")) return;
    pending.push(
      (async () => {
        sizes.set(pathname, (await response.request().sizes()).responseBodySize);
        if ((await response.text()).includes("zrender")) chart.add(pathname);
      })(),
    );
  });
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  const sum = (inChart: boolean) =>
    [...sizes]
      .filter(([name]) => chart.has(name) === inChart)
      .reduce((kb, [, bytes]) => kb + bytes / 1000, 0);
  page.removeAllListeners("response");
  return { firstKb: sum(false), chartKb: sum(true) };
}

async function interactiveSeconds(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const startedAt = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  // Interactive: the charts are drawn and the trades can be worked with.
  await page.locator("canvas").first().waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("dialog").waitFor();
  const seconds = (performance.now() - startedAt) / 1000;
  await page.close();
  return seconds;
}

/** Sizes of every page's scripts, and how soon a report can be used. */
export async function pages(baseUrl: string, journey: Journey): Promise<readonly Figure[]> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const context = await browser.newContext();
    await context.addCookies(
      [...journey.client.cookies].map(([name, value]) => ({ name, value, url: baseUrl })),
    );
    const report = `${baseUrl}/backtests/${journey.backtestId}`;
    await interactiveSeconds(context, report);
    const times = [];
    for (let i = 0; i < 3; i++) times.push(await interactiveSeconds(context, report));
    const urls = [
      ...["/", "/sign-in", "/sign-up", "/home", "/markets", "/markets/upload", "/discover"],
      ...["/discover/universes/new", "/discover/scans/new", `/discover/scans/${journey.scanId}`],
      ...[
        "/strategies",
        "/backtests",
        `/backtests/${journey.backtestId}`,
        "/shares",
        "/jobs",
        "/account",
      ],
    ];
    let [firstKb, chartKb] = [0, 0];
    for (const url of urls) {
      // Without the session the landing and sign-in pages would send the visitor home.
      const isPublic = url === "/" || url.startsWith("/sign-");
      const visitor = await browser.newContext();
      if (!isPublic) await visitor.addCookies(await context.cookies());
      const scripts = await scriptsOf(await visitor.newPage(), baseUrl + url);
      firstKb = Math.max(firstKb, scripts.firstKb);
      chartKb = Math.max(chartKb, scripts.chartKb);
      await visitor.close();
    }
    return [
      atMost("report of 17,490 bars, interactive", Math.max(...times), 2, "s"),
      atMost("JavaScript before charts, compressed, largest page", firstKb, 250, "kB"),
      atMost("chart JavaScript, compressed", chartKb, 240, "kB"),
    ];
  } finally {
    await browser.close();
  }
}
