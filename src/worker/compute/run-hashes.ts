import { createHash } from "node:crypto";
import type { RunHashes } from "#contracts/backtest.ts";
import type { EventRun } from "#quant/backtest/event-engine.ts";
import { columnBytes, type RunColumn, runColumns } from "#quant/report/run-columns.ts";

/** SHA-256 of what a run asked for, of its fills, and of its equity, hexadecimal. */
export function runHashes(run: EventRun): RunHashes {
  const columns = runColumns(run);
  const hashOf = (isOfIt: (column: RunColumn) => boolean): string =>
    createHash("sha256")
      .update(columnBytes(columns.filter(isOfIt)))
      .digest("hex");
  return {
    orders: hashOf(({ name }) => name.startsWith("asks.")),
    fills: hashOf(({ name }) => name.startsWith("fills.")),
    equity: hashOf(({ name }) => name === "equity"),
  };
}
