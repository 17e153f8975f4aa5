import type { StrategyConfig } from "#contracts/strategy.ts";
import type { Queryable } from "#db/client.ts";
import { scanSeeingInto } from "#db/pair-selection.ts";

/**
 * What a report must say when a scan tested the pair on bars that are traded: of many pairs the best one
 * of a window looks good in that window, whatever it is worth.
 */
export async function selectionWarning(
  client: Queryable,
  workspaceId: string,
  config: StrategyConfig,
): Promise<string | null> {
  const scan = await scanSeeingInto(client, workspaceId, {
    instrumentIds: [config.instrumentY, config.instrumentX],
    intervalMs: config.intervalMs,
    window: config.trading,
  });
  if (scan === null) return null;
  const { startMs, endMs } = scan.formation;
  return (
    `The scan of ${scan.universeName} tested this pair on bars from ${dateText(startMs)} to ${dateText(endMs)}, ` +
    "which reach into the trading period: if the pair was chosen by it, this result looks better than it is."
  );
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
