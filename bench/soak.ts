import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { type CDPSession, chromium, type Page } from "@playwright/test";
import { signUpFresh } from "../scripts/api-client.ts";
import { findBrowser } from "../scripts/find-browser.ts";
import { startProduct } from "../scripts/running-product.ts";
import { pause, untilTrue } from "./feed-under-load.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { bestAndMedian } from "./stopwatch.ts";

/** Pairs that are watched while the product runs; the first has its page open. */
const PAIRS = [
  ["ETHUSDT", "BTCUSDT"],
  ["SOLUSDT", "ETHUSDT"],
  ["LTCUSDT", "BNBUSDT"],
] as const;

/** Spans at the beginning that are left out, and that are compared, as shares of the whole. */
const WARM_UP_SHARE = 1 / 6;
const COMPARED_SHARE = 1 / 6;

const SAMPLE_MS = 15_000;
const QUEUE_MAX = 1_000;

type Person = Awaited<ReturnType<typeof signUpFresh>>;

/** What was read at one moment. */
type Sample = {
  readonly workerMebibytes: ReadonlyMap<string, number>;
  readonly heapMebibytes: number;
  readonly queuedTrades: number;
};

/**
 * The product as `npm start` brings it up, on the simulated exchange, with pairs that are watched and a live
 * page that is open: what grows, and what fails.
 *
 * Memory is the median of the last sixth of the span against that of the second: the first is left to code
 * that is compiled and to windows that fill.
 */
export async function soak(minutes: number): Promise<readonly Figure[]> {
  const product = await startProduct({ quiet: true });
  const browser = await chromium.launch({ executablePath: findBrowser() });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const complaints: string[] = [];
    const person = await signUpFresh(product.url);
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
    await context.addCookies(
      [...person.cookies].map(([name, value]) => ({ name, value, url: product.url })),
    );
    await openLivePage(product.url, person, page);
    const devTools = await context.newCDPSession(page);
    const samples: Sample[] = [];
    const endMs = performance.now() + minutes * 60_000;
    while (performance.now() < endMs) {
      await pause(SAMPLE_MS);
      samples.push(await sample(product.process.pid ?? 0, person, devTools));
      if (!(await isMoving(page))) complaints.push("page: its figures stand still");
      say(samples);
    }
    complaints.push(...complaintsOfLogs(product.dataDir));
    for (const line of new Set(complaints)) process.stderr.write(`complaint: ${line}\n`);
    return figuresOf(samples, minutes, complaints.length);
  } finally {
    await browser.close();
    await product.stop();
    product.remove();
  }
}

/** The page of the first pair, with all of them watched. */
async function openLivePage(url: string, person: Person, page: Page): Promise<void> {
  const known = new Map<string, number>();
  await untilTrue(async () => {
    const { rows } = await person.trpc.markets.list.query({});
    for (const row of rows) if (row.market === "spot") known.set(row.symbol, row.instrumentId);
    return PAIRS.flat().every((symbol) => known.has(symbol));
  }, 60_000);
  const idOf = (symbol: string) => known.get(symbol) ?? 0;
  const ids: string[] = [];
  for (const [y, x] of PAIRS) {
    const legs = { instrumentY: idOf(y), instrumentX: idOf(x) };
    const { id } = await person.trpc.watch.add.mutate({ ...legs, preset: "desk" });
    ids.push(id);
  }
  await page.goto(`${url}/live/${ids[0]}`);
  await page.locator("canvas").first().waitFor({ timeout: 120_000 });
}

async function sample(supervisor: number, person: Person, devTools: CDPSession): Promise<Sample> {
  await devTools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devTools.send("Runtime.getHeapUsage");
  const { feeds } = await person.trpc.feed.status.query();
  return {
    workerMebibytes: residentMebibytes(supervisor),
    heapMebibytes: usedSize / 2 ** 20,
    queuedTrades: feeds.reduce((sum, { queuedTrades }) => sum + queuedTrades, 0),
  };
}

/** Whether the page is connected and draws news: one that is not would not grow either. */
async function isMoving(page: Page): Promise<boolean> {
  const connected = page.getByText("Connected", { exact: true });
  const figures = () => page.locator("dl").allInnerTexts();
  const before = await figures();
  for (let attempt = 0; attempt < 20; attempt++) {
    await pause(250);
    if (String(await figures()) !== String(before)) return connected.isVisible();
  }
  return false;
}

/** Memory of the product's processes, by what they do; empty where the system does not tell. */
function residentMebibytes(supervisor: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (process.platform !== "linux") return found;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => {
      try {
        return readFileSync(`/proc/${pid}/${file}`, "utf8");
      } catch {
        // It has just ended, or belongs to somebody else.
        return "";
      }
    };
    const status = read("status");
    if (Number(/PPid:\s+(\d+)/.exec(status)?.[1]) !== supervisor) continue;
    const script = /src\/worker|web-server|src\/simulator/.exec(read("cmdline"))?.[0];
    if (script === undefined) continue;
    const roles = /WORKER_ROLES=([a-z,]+)/.exec(read("environ"))?.[1] ?? "";
    const name = { "src/worker": `worker ${roles}`, "src/simulator": "simulator" }[script] ?? "web";
    found.set(name, Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024);
  }
  return found;
}

/** Errors in the logs of the product's processes. */
function complaintsOfLogs(dataDir: string): string[] {
  const folder = path.join(dataDir, "logs");
  return readdirSync(folder).flatMap((name) =>
    readFileSync(path.join(folder, name), "utf8")
      .split("\n")
      .filter((line) => /"level":[56]0|unhandled|uncaught/i.test(line))
      .map((line) => `${name}: ${line}`),
  );
}

function say(samples: readonly Sample[]): void {
  const last = samples.at(-1);
  if (last === undefined || samples.length % 4 !== 0) return;
  const memory = [...last.workerMebibytes].map(([name, value]) => `${name} ${value.toFixed(0)}`);
  process.stderr.write(
    `${samples.length / 4} min: ${memory.join(", ")}, page ${last.heapMebibytes.toFixed(1)} MiB; ${last.queuedTrades} trades queued\n`,
  );
}

function figuresOf(samples: readonly Sample[], minutes: number, complaints: number): Figure[] {
  const growth = (read: (sample: Sample) => number | undefined) => {
    const values = samples.map((one) => read(one) ?? Number.NaN);
    const compared = Math.ceil(COMPARED_SHARE * values.length);
    const from = Math.floor(WARM_UP_SHARE * values.length);
    return (
      100 * (medianOf(values.slice(-compared)) / medianOf(values.slice(from, from + compared)) - 1)
    );
  };
  const name = `${minutes} minutes of the product`;
  const names = [...(samples.at(-1)?.workerMebibytes.keys() ?? [])];
  return [
    ...names.map((process) => {
      const value = growth(({ workerMebibytes }) => workerMebibytes.get(process));
      const label = `${name}: memory of ${process} grows by`;
      return process.startsWith("worker")
        ? atMost(label, value, 5, "%")
        : observed(label, value, "%");
    }),
    atMost(
      `${name}: heap of a live page grows by`,
      growth((one) => one.heapMebibytes),
      10,
      "%",
    ),
    atMost(
      `${name}: longest queue`,
      Math.max(...samples.map(({ queuedTrades }) => queuedTrades)),
      QUEUE_MAX,
      "trades",
    ),
    atMost(`${name}: errors in logs and in the browser's console`, complaints, 0, ""),
  ];
}

function medianOf(values: readonly number[]): number {
  return bestAndMedian(values).median;
}
