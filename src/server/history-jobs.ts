import { AppError } from "#contracts/error-code.ts";
import {
  GUEST_HISTORY_BARS_MAX,
  GUEST_HISTORY_TOTAL_BARS_MAX,
  type HistoryRequest,
  hasKlines,
  historyBars,
} from "#contracts/history.ts";
import type { Database } from "#db/client.ts";
import { historyInstruments } from "#db/history.ts";
import { requireJobSlot } from "#db/job-slots.ts";
import { enqueueJob } from "#db/jobs.ts";
import { inTransaction } from "#db/transaction.ts";

/**
 * Job that fetches history of venue instruments.
 *
 * @throws {AppError} not-found: an instrument is of no venue; invalid-input: a market has no such bars;
 *   too-large: more than a guest may ask for; rate-limited: too many jobs are waiting
 */
export async function startHistory(
  database: Database,
  asker: { readonly workspaceId: string; readonly userId: string; readonly isGuest: boolean },
  request: HistoryRequest,
): Promise<string> {
  if (asker.isGuest) requireGuestSize(request);
  const { workspaceId, userId } = asker;
  return inTransaction(database.pool, async (client) => {
    const instruments = await historyInstruments(client, request.instrumentIds);
    if (instruments.length < request.instrumentIds.length) {
      throw new AppError("not-found", "There is no such instrument of a venue", {
        field: "instrumentIds",
      });
    }
    const without = instruments.find(({ market }) => !hasKlines(market, request.intervalMs));
    if (without !== undefined) {
      throw new AppError("invalid-input", `The market of ${without.symbol} has no such bars`, {
        field: "intervalMs",
      });
    }
    await requireJobSlot(client, workspaceId);
    const params = { kind: "backfill-history", ...request, untilRecorded: false } as const;
    return enqueueJob(client, { workspaceId, createdBy: userId, params });
  });
}

function requireGuestSize({ instrumentIds, intervalMs, spanMs }: HistoryRequest): void {
  const bars = historyBars(intervalMs, spanMs);
  const isTooMuch =
    bars > GUEST_HISTORY_BARS_MAX || bars * instrumentIds.length > GUEST_HISTORY_TOTAL_BARS_MAX;
  if (!isTooMuch) return;
  throw new AppError(
    "too-large",
    `A guest fetches at most ${GUEST_HISTORY_BARS_MAX.toLocaleString("en-US")} bars of a symbol and ${GUEST_HISTORY_TOTAL_BARS_MAX.toLocaleString("en-US")} at a time`,
    { field: "spanMs" },
  );
}
