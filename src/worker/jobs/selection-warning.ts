import type { StrategyConfig } from "#contracts/strategy.ts";
import type { Queryable } from "#db/client.ts";
import { scanSeeingInto } from "#db/pair-selection.ts";

/**
 * What a report must say when a scan tested a pair on bars that are traded: of many pairs the best one of a
 * window looks good in that window, whatever it is worth.
 *
 * @returns one sentence a scan; none of groups that no scan chose
 */
export async function selectionWarnings(
  client: Queryable,
  workspaceId: string,
  config: Pick<StrategyConfig, "books" | "intervalMs" | "trading">,
): Promise<string[]> {
  const pairsBy = new Map<string, number>();
  for (const [legY, legX, ...others] of config.books) {
    if (legY === undefined || legX === undefined || others.length > 0) continue;
    const scan = await scanSeeingInto(client, workspaceId, {
      instrumentIds: [legY, legX],
      intervalMs: config.intervalMs,
      window: config.trading,
    });
    if (scan === null) continue;
    const { startMs, endMs } = scan.formation;
    const where = `${scan.universeName} tested % on bars from ${dateText(startMs)} to ${dateText(endMs)}`;
    pairsBy.set(where, (pairsBy.get(where) ?? 0) + 1);
  }
  return [...pairsBy].map(([where, pairs]) => {
    const what =
      config.books.length === 1 ? "this pair" : pairs === 1 ? "1 pair" : `${pairs} of these pairs`;
    return (
      `The scan of ${where.replace("%", what)}, which reach into the trading period: ` +
      "if the pair was chosen by it, this result looks better than it is."
    );
  });
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
