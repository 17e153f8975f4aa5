// `npm run bench [-- NAME …] [-- --json]`: measures what the README claims. Groups: journey (upload,
// scan, backtest), pages, start, scan (the statistics, a scan of 1,000 symbols, the published
// presets), backtest (the engines and the walk-forward), learning (models on one core), live (the feed
// and its delivery) with frames (what it makes of broken ones, also by itself), and, only when named, faults (kills,
// disconnects, outages), soak (what grows while the product runs) and test, which takes as long as the
// tests. `--long` measures live, frames, faults and soak over the spans that the figures are stated for.
import os from "node:os";
import process from "node:process";
import { backtest } from "../bench/backtest.ts";
import { faults } from "../bench/faults.ts";
import type { Figure } from "../bench/figure.ts";
import { frames } from "../bench/frames.ts";
import { start, test } from "../bench/fresh-clone.ts";
import { journey } from "../bench/journey.ts";
import { learning } from "../bench/learning.ts";
import { live } from "../bench/live.ts";
import { pages } from "../bench/pages.ts";
import { scan } from "../bench/scan.ts";
import { soak } from "../bench/soak.ts";
import { startProduct } from "./running-product.ts";

const GROUPS = [
  "journey",
  "pages",
  "scan",
  "backtest",
  "learning",
  "live",
  "frames",
  "start",
  "faults",
  "soak",
  "test",
] as const;
/** These take minutes, and run only when named. */
const ONLY_WHEN_NAMED: readonly string[] = ["faults", "soak", "test"];

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isLong = process.argv.includes("--long");
const asJson = process.argv.includes("--json");
const unknown = names.filter((name) => !GROUPS.some((group) => group === name));
if (unknown.length > 0) {
  console.error(`bench: no group ${unknown.join(", ")}; there are ${GROUPS.join(", ")}`);
  process.exit(2);
}
const wants = (group: (typeof GROUPS)[number]) =>
  names.length > 0 ? names.includes(group) : !ONLY_WHEN_NAMED.includes(group);

const machine = `${os.cpus().length} × ${os.cpus()[0]?.model ?? "unknown"}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const figures: Figure[] = [];

function add(measured: readonly Figure[]): void {
  figures.push(...measured);
  if (asJson) for (const figure of measured) process.stdout.write(`${JSON.stringify(figure)}\n`);
  // What fails later does not take with it what took long to measure.
  else
    for (const { name, value, unit } of measured)
      process.stderr.write(`${name}: ${value} ${unit}\n`);
}

async function onRunningProduct(): Promise<void> {
  const product = await startProduct({ quiet: true });
  try {
    const done = await journey(product.url);
    if (wants("journey")) add(done.figures);
    if (wants("pages")) add(await pages(product.url, done));
  } finally {
    await product.stop();
    product.remove();
  }
}

if (wants("journey") || wants("pages")) await onRunningProduct();
if (wants("scan")) for await (const measured of scan()) add(measured);
if (wants("backtest")) for await (const measured of backtest()) add(measured);
if (wants("learning")) for await (const measured of learning()) add(measured);
if (wants("live")) for await (const measured of live(isLong)) add(measured);
if (wants("live") || wants("frames")) for await (const measured of frames(isLong)) add(measured);
if (wants("faults")) add(await faults(isLong));
if (wants("soak")) add(await soak(isLong ? 60 : 30));
if (wants("start")) add(await start());
if (wants("test")) add(await test());

if (!asJson) {
  const rows = figures.map(({ name, value, unit, must, ok }) => [
    name,
    String(value),
    unit,
    must === "–" ? must : `${must} ${unit}`,
    ok ? "ok" : "MISSED",
  ]);
  const table = [["figure", "value", "unit", "must", ""], ...rows];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  for (const row of table) {
    process.stdout.write(
      `${row
        .map((cell, i) => (i === 1 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join("  ")
        .trimEnd()}\n`,
    );
  }
  process.stdout.write(`\nmachine: ${machine}\n`);
}
process.exit(figures.every(({ ok }) => ok) ? 0 : 1);
