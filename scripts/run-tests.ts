// `npm test`: static checks, unit and integration tests on a real PostgreSQL, then the product itself,
// started by the same supervisor as `npm start`, in a real browser. The last line is
// `N passed, N failed, N skipped`; a check is counted like a test.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { findBrowser } from "./find-browser.ts";
import { freePort } from "./free-port.ts";
import { restartKeepsAll } from "./restart-check.ts";
import { startProduct } from "./running-product.ts";

const root = path.resolve(import.meta.dirname, "..");
const count = { passed: 0, failed: 0, skipped: 0 };

function run(args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

async function timed<T>(title: string, work: () => Promise<T>): Promise<T> {
  console.info(`\n── ${title}`);
  const startedAt = performance.now();
  const result = await work();
  console.info(`── ${title}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}

async function check(title: string, args: readonly string[]): Promise<void> {
  const code = await timed(title, () => run(args));
  if (code === 0) count.passed++;
  else count.failed++;
}

/** A runner that ended badly without a failed test of its own (or without a report) is one failure. */
function addUp(code: number, totals: { passed: number; failed: number; skipped: number }): void {
  count.passed += totals.passed;
  count.skipped += totals.skipped;
  count.failed += code !== 0 ? Math.max(1, totals.failed) : totals.failed;
}

function report(file: string): Record<string, unknown> {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

async function unitTests(): Promise<void> {
  const file = path.join(root, "test-results", "unit.json");
  rmSync(file, { force: true });
  const code = await run([
    "node_modules/vitest/vitest.mjs",
    ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
  ]);
  const totals = report(file);
  const total = (key: string) => Number(totals[key] ?? 0);
  addUp(code, {
    passed: total("numPassedTests"),
    failed: total("numFailedTests"),
    skipped: total("numPendingTests") + total("numTodoTests"),
  });
}

async function browserTests(): Promise<void> {
  const file = path.join(root, "test-results", "e2e.json");
  rmSync(file, { force: true });
  const browser = findBrowser();
  // Where a test's own endpoint will listen: the product lets webhooks call it, and no other like it.
  const webhookPort = await freePort();
  const env = { WEBHOOK_ALLOW: `127.0.0.1:${webhookPort}` };
  let product = await startProduct({ env });
  try {
    const code = await run(["node_modules/@playwright/test/cli.js", "test"], {
      PAIRDESK_URL: product.url,
      PAIRDESK_BROWSER: browser,
      PAIRDESK_WEBHOOK_PORT: String(webhookPort),
    });
    const stats = report(file)["stats"] as Record<string, number> | undefined;
    addUp(code, {
      passed: (stats?.["expected"] ?? 0) + (stats?.["flaky"] ?? 0),
      failed: stats?.["unexpected"] ?? 0,
      skipped: stats?.["skipped"] ?? 0,
    });
    console.info("Stopping, and starting again on the same data");
    product = await restartKeepsAll(product);
    count.passed++;
  } finally {
    await product.stop();
    product.remove();
  }
}

/** A part that cannot even run is a failure, and the parts after it still run. */
async function part(title: string, work: () => Promise<void>): Promise<void> {
  try {
    await timed(title, work);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count.failed++;
  }
}

await check("Database client generated", ["scripts/generate.mjs"]);
await check("Kernels compiled", ["scripts/build-kernels.ts"]);
await check("Style, layers and import cycles", [
  "node_modules/@biomejs/biome/bin/biome",
  "ci",
  ".",
]);
await check("Types", ["node_modules/typescript/bin/tsc", "--noEmit"]);
await check("Types of the pure layer", ["node_modules/typescript/bin/tsc", "-p", "src/quant"]);
await part("Unit and integration tests", unitTests);
await part("Browser tests", browserTests);
console.info(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
