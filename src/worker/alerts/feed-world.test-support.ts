import type { Database } from "#db/client.ts";
import { notify } from "#db/notifications.ts";
import { ensurePartition } from "#db/partitions.ts";
import { inTransaction } from "#db/transaction.ts";

/** A trade of a test; the rest of its columns is of no interest to rules. */
export type TestTrade = { readonly id: number; readonly timeMs: number; readonly price: number };

/** Stores trades in one transaction, and tells as a feed does. */
export async function storeTrades(
  database: Database,
  instrumentId: number,
  trades: readonly TestTrade[],
): Promise<void> {
  const last = trades.at(-1);
  if (last === undefined) return;
  for (const { timeMs } of [trades[0] ?? last, last]) {
    await ensurePartition(database.pool, "market_trade", timeMs);
  }
  await inTransaction(database.pool, async (client) => {
    await client.query(
      `insert into market_trade (instrument_id, id, trade_time_ms, price, quantity, first_trade_id,
                                 last_trade_id, buyer_is_maker, backfilled)
       select $1, t.id, t.time_ms, t.price, 1, t.id, t.id, false, false
         from unnest($2::bigint[], $3::bigint[], $4::numeric[]) as t (id, time_ms, price)
       on conflict do nothing`,
      [
        instrumentId,
        trades.map(({ id }) => id),
        trades.map(({ timeMs }) => timeMs),
        trades.map(({ price }) => price),
      ],
    );
    await client.query(
      `insert into feed_cursor (instrument_id, first_id, first_trade_time_ms, last_id, last_raw_id,
                                last_trade_time_ms)
       values ($1, $2, $3, $2, $2, $3)
       on conflict (instrument_id) do update set last_id = excluded.last_id,
         last_raw_id = excluded.last_raw_id, last_trade_time_ms = excluded.last_trade_time_ms`,
      [instrumentId, last.id, last.timeMs],
    );
    const wakeUp = [[instrumentId, last.id, last.timeMs, last.price, 0]];
    await notify(client, "pairdesk_market", JSON.stringify(wakeUp));
  });
}
