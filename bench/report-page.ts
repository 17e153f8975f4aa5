import process from "node:process";
import type { BrowserContext, Page } from "@playwright/test";
import { atMost, type Figure, observed } from "./figure.ts";

const REPEATS = 5;

/** The range button whose bars all fit on a screen: 720 of them. */
const DETAIL_RANGE = "1M";

/**
 * How soon a report with many trades can be read, and how soon a part of it shows every bar; the median
 * of a few, each in a page of its own.
 *
 * @param report address of a report
 */
export async function reportPage(
  context: BrowserContext,
  report: string,
): Promise<readonly Figure[]> {
  await context.addInitScript(watchPictures);
  const views: number[] = [];
  const charts: number[] = [];
  const zooms: number[] = [];
  const unaimedZooms: number[] = [];
  // The first one fills the caches of the server.
  for (let i = 0; i <= REPEATS; i++) {
    const page = await context.newPage();
    const { view, chart } = await viewSeconds(page, report);
    const zoom = await zoomSeconds(page, true);
    await page.close();
    const other = await context.newPage();
    await viewSeconds(other, report);
    const unaimed = await zoomSeconds(other, false);
    await other.close();
    if (i === 0) continue;
    views.push(view);
    charts.push(chart);
    zooms.push(zoom);
    unaimedZooms.push(unaimed);
  }
  const name = "report of 17,490 bars and 500 trades or more";
  process.stderr.write(
    `${name}: first views ${seconds(views)}, charts ${seconds(charts)}, zooms ${seconds(zooms)}, unaimed ${seconds(unaimedZooms)}\n`,
  );
  return [
    atMost(`${name}: first view`, median(views), 1.5, "s"),
    observed(`${name}: charts that can be pointed at`, median(charts), "s"),
    atMost(`${name}: zoom to every bar by a mouse`, median(zooms), 0.2, "s"),
    atMost(`${name}: zoom to every bar, pressed out of nowhere`, median(unaimedZooms), 0.2, "s"),
  ];
}

/**
 * From the start of the navigation to the first frame with the figures and the lines of the charts, which come
 * drawn with the page, and to the first one in which the charts themselves have drawn.
 */
async function viewSeconds(page: Page, report: string): Promise<{ view: number; chart: number }> {
  await page.goto(report, { waitUntil: "commit" });
  const found = await page.waitForFunction(() => {
    const { pictures } = window as Watched;
    return pictures !== undefined && pictures.firstChartMs > 0 ? pictures : null;
  });
  const { firstViewMs = 0, firstChartMs = 0 } = (await found.jsonValue()) ?? {};
  return { view: firstViewMs / 1000, chart: firstChartMs / 1000 };
}

/** How long after a mouse has come to a button people press it, at the quickest. */
const AIM_MS = 100;
/** When nothing has been drawn for so long, what was drawn last was all. */
const QUIET_MS = 400;

/**
 * From the press of a range button to the last frame that it brings: with every bar of the range.
 *
 * @param isAimed the mouse has come to the button shortly before, as a mouse does; else the press comes from nowhere
 */
async function zoomSeconds(page: Page, isAimed: boolean): Promise<number> {
  const button = page.getByRole("button", { name: DETAIL_RANGE, exact: true }).first();
  // Comes to life: a press before that would be lost.
  await page.waitForLoadState("networkidle");
  if (isAimed) {
    await button.hover();
    await page.waitForTimeout(AIM_MS);
  }
  const drawn = button.evaluate(
    (element, quietMs) =>
      new Promise<number>((resolve) => {
        const pressedMs = performance.now();
        const look = () => {
          const drawnMs = (window as Watched).pictures?.lastDrawnMs ?? 0;
          if (drawnMs > pressedMs && performance.now() - drawnMs > quietMs) {
            resolve((drawnMs - pressedMs) / 1000);
          } else requestAnimationFrame(look);
        };
        if (element instanceof HTMLElement) element.click();
        look();
      }),
    QUIET_MS,
  );
  return drawn;
}

type Pictures = { firstViewMs: number; firstChartMs: number; lastDrawnMs: number };
type Watched = typeof window & { pictures?: Pictures };

/** Runs in the page before its own scripts: notes when something was drawn. */
function watchPictures(): void {
  const pictures: Pictures = { firstViewMs: 0, firstChartMs: 0, lastDrawnMs: 0 };
  Object.assign(window, { pictures });
  const { beginPath } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.beginPath = function () {
    pictures.lastDrawnMs = performance.now();
    beginPath.apply(this);
  };
  const look = () => {
    // A frame later, because what is there in this one has not been painted yet.
    const hasLines = document.querySelector("#report-charts [data-picture] path[d]") !== null;
    if (hasLines && pictures.firstViewMs === 0) {
      requestAnimationFrame(() => {
        pictures.firstViewMs ||= performance.now();
      });
    }
    const hasCharts = document.getElementById("report-charts") !== null && pictures.lastDrawnMs > 0;
    if (hasCharts) {
      pictures.firstChartMs = performance.now();
      pictures.firstViewMs ||= pictures.firstChartMs;
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(" ");
}
