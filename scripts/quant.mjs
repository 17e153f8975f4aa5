import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { handOver } from "./bootstrap.mjs";

// A first run installs packages and says so on standard output, which here is for answers alone. It
// is made apart, without a line to answer, its output turned aside.
const installed = path.resolve(import.meta.dirname, "../node_modules/.pairdesk-lockfile-sha256");
const isApart = process.env.PAIRDESK_QUANT_INSTALL === "1";
if (!isApart && !existsSync(installed)) {
  const { status } = spawnSync(process.execPath, [import.meta.filename], {
    env: { ...process.env, PAIRDESK_QUANT_INSTALL: "1" },
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
handOver("quant.ts");
