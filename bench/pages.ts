import process from "node:process";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { findBrowser } from "../scripts/find-browser.ts";
import { atMost, type Figure } from "./figure.ts";
import type { Journey } from "./journey.ts";
import { reportPage } from "./report-page.ts";

/** What a page sends over the wire as JavaScript: before its charts, and for them. */
type Scripts = { readonly firstKb: number; readonly chartKb: number };

type BenchPage = {
  /** The route, without ids: what the page is called in the output. */
  readonly route: string;
  readonly path: string;
  /** Signed in, the landing and sign-in pages would send the visitor home. */
  readonly isPublic: boolean;
};

/** The attribute by which the chart library marks its elements; minified, its own name is gone. */
const CHART_LIBRARY_MARK = "_echarts_instance_";

/** Every script that a page loads until the network is idle; only the chart library is not its first load. */
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
        if ((await response.text()).includes(CHART_LIBRARY_MARK)) chart.add(pathname);
      })(),
    );
  });
  const answer = await page.goto(url);
  // A page that is not there, or that sends one elsewhere, would weigh little and hide the real one.
  if (answer?.status() !== 200 || page.url() !== url) throw new Error(`${url} did not open`);
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  const sum = (inChart: boolean) =>
    [...sizes]
      .filter(([name]) => chart.has(name) === inChart)
      .reduce((kb, [, bytes]) => kb + bytes / 1000, 0);
  return { firstKb: sum(false), chartKb: sum(true) };
}

async function everyPage({ client, scanId, backtestId }: Journey): Promise<readonly BenchPage[]> {
  const { trpc } = client;
  const [
    {
      rows: [pair],
    },
    [strategy],
    [universe],
    [series],
    share,
  ] = await Promise.all([
    trpc.scans.pairs.query({ scanId, limit: 1 }),
    trpc.strategies.list.query(),
    trpc.universes.list.query(),
    trpc.instruments.list.query({ venue: "upload" }),
    trpc.shares.create.mutate({ backtestId, label: "Benchmark", lifetimeDays: 1 }),
  ]);
  const version = strategy?.versions[0]?.id;
  const open = (route: string) => ({ route, path: route, isPublic: true });
  const own = (route: string, path = route) => ({ route, path, isPublic: false });
  return [
    ...["/", "/sign-in", "/sign-up"].map(open),
    { route: "/r/[token]", path: share.path, isPublic: true },
    ...["/home", "/markets", "/markets/upload", "/discover", "/discover/universes/new"].map(
      (route) => own(route),
    ),
    own("/markets/[seriesId]", `/markets/${series?.seriesId}`),
    own("/discover/universes/[id]", `/discover/universes/${universe?.id}`),
    ...["/discover/suggested", "/discover/why-calibrated", "/discover/scans/new"].map((route) =>
      own(route),
    ),
    own("/discover/scans/[id]", `/discover/scans/${scanId}`),
    own("/pairs/[scanId]/[y]/[x]", `/pairs/${scanId}/${pair?.instrumentY}/${pair?.instrumentX}`),
    ...["/strategies", "/strategies/new", "/strategies/published"].map((route) => own(route)),
    own("/strategies/[id]", `/strategies/${strategy?.id}`),
    own("/strategies/[id]/edit", `/strategies/${strategy?.id}/edit`),
    own("/backtests/[id]", `/backtests/${backtestId}`),
    own("/backtests/new", `/backtests/new?version=${version}`),
    own("/optimisations/new", `/optimisations/new?strategy=${version}`),
    ...["/backtests", "/optimisations", "/models", "/models/datasets/new"].map((route) =>
      own(route),
    ),
    ...["/live", "/live/new", "/alerts", "/alerts/new", "/feed"].map((route) => own(route)),
    ...["/pairs/workbench", "/markets/venue", "/shares", "/jobs"].map((route) => own(route)),
    own("/account"),
    own("/glossary"),
  ];
}

/** The weight of every page, each opened with an empty cache. */
async function pageWeights(
  baseUrl: string,
  journey: Journey,
  signedIn: BrowserContext,
): Promise<readonly (Scripts & BenchPage)[]> {
  const weights = [];
  for (const page of await everyPage(journey)) {
    const visitor = await signedIn.browser()?.newContext();
    if (visitor === undefined) throw new Error("the browser is gone");
    if (!page.isPublic) await visitor.addCookies(await signedIn.cookies());
    const scripts = await scriptsOf(await visitor.newPage(), baseUrl + page.path);
    weights.push({ ...page, ...scripts });
    await visitor.close();
  }
  return weights;
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

async function signedInContext(
  browser: Browser,
  baseUrl: string,
  { client }: Journey,
): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.addCookies(
    [...client.cookies].map(([name, value]) => ({ name, value, url: baseUrl })),
  );
  return context;
}

/** Sizes of every page's scripts, and how soon a report can be used. */
export async function pages(baseUrl: string, journey: Journey): Promise<readonly Figure[]> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const context = await signedInContext(browser, baseUrl, journey);
    const report = `${baseUrl}/backtests/${journey.backtestId}`;
    await interactiveSeconds(context, report);
    const times = [];
    for (let i = 0; i < 3; i++) times.push(await interactiveSeconds(context, report));
    const busy = await reportPage(
      await signedInContext(browser, baseUrl, journey),
      `${baseUrl}/backtests/${journey.busyBacktestId}`,
    );
    const weights = await pageWeights(baseUrl, journey, context);
    const largest = weights.reduce((a, b) => (b.firstKb > a.firstKb ? b : a));
    process.stderr.write(`largest page before charts: ${largest.route}\n`);
    const chartKb = Math.max(...weights.map((page) => page.chartKb));
    return [
      atMost("report of 17,490 bars, interactive", Math.max(...times), 2, "s"),
      ...busy,
      atMost("JavaScript before charts, compressed, largest page", largest.firstKb, 250, "kB"),
      // No chart at all would mean that the mark is not the library's any more.
      {
        ...atMost("chart JavaScript, compressed", chartKb, 240, "kB"),
        ok: chartKb > 0 && chartKb <= 240,
      },
    ];
  } finally {
    await browser.close();
  }
}
