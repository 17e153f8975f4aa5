import process from "node:process";
import type { BrowserContext, Page } from "@playwright/test";
import { atMost, type Figure } from "./figure.ts";

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
  const zooms: number[] = [];
  // The first one fills the caches of the server.
  for (let i = 0; i <= REPEATS; i++) {
    const page = await context.newPage();
    const view = await firstViewSeconds(page, report);
    const zoom = await zoomSeconds(page);
    await page.close();
    if (i === 0) continue;
    views.push(view);
    zooms.push(zoom);
  }
  const name = "report of 17,490 bars and 500 trades or more";
  process.stderr.write(`${name}: first views ${seconds(views)}, zooms ${seconds(zooms)}\n`);
  return [
    atMost(`${name}: first view`, median(views), 1.5, "s"),
    atMost(`${name}: zoom to every bar`, median(zooms), 0.2, "s"),
  ];
}

/** From the start of the navigation to the first frame with the figures and a drawn chart. */
async function firstViewSeconds(page: Page, report: string): Promise<number> {
  await page.goto(report, { waitUntil: "commit" });
  const view = await page.waitForFunction(() => {
    const { pictures } = window as Watched;
    return pictures?.firstViewMs;
  });
  return Number(await view.jsonValue()) / 1000;
}

/** From the press of a range button to the frame with every bar of the range. */
async function zoomSeconds(page: Page): Promise<number> {
  const button = page.getByRole("button", { name: DETAIL_RANGE, exact: true }).first();
  // Comes to life: a press before that would be lost.
  await page.waitForLoadState("networkidle");
  return button.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const pressedMs = performance.now();
        let answeredMs = Number.POSITIVE_INFINITY;
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries()) {
            if (startTime >= pressedMs && name.includes("eries?")) answeredMs = performance.now();
          }
        }).observe({ type: "resource" });
        const look = () => {
          const { pictures } = window as Watched;
          const drawnMs = pictures?.lastDrawnMs ?? 0;
          if (drawnMs > answeredMs) resolve((drawnMs - pressedMs) / 1000);
          else requestAnimationFrame(look);
        };
        if (element instanceof HTMLElement) element.click();
        look();
      }),
  );
}

type Watched = typeof window & { pictures?: { firstViewMs: number; lastDrawnMs: number } };

/** Runs in the page before its own scripts: notes when something was drawn. */
function watchPictures(): void {
  const pictures = { firstViewMs: 0, lastDrawnMs: 0 };
  Object.assign(window, { pictures });
  const { beginPath } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.beginPath = function () {
    pictures.lastDrawnMs = performance.now();
    beginPath.apply(this);
  };
  const look = () => {
    const areFiguresThere = document.getElementById("report-charts") !== null;
    if (areFiguresThere && pictures.lastDrawnMs > 0) pictures.firstViewMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(" ");
}
