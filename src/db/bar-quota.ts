import { AppError } from "#contracts/error-code.ts";
import type { Queryable } from "./client.ts";

/** Bars of its own that a workspace may hold; a guest's, which anybody can open, fewer. */
export type BarQuota = { readonly barsMax: number; readonly guestBarsMax: number };

/** Quota where nothing is configured. */
export const BAR_QUOTA: BarQuota = { barsMax: 50_000_000, guestBarsMax: 2_000_000 };

/**
 * That a workspace has room for its bars. In the transaction that writes them, after they are written:
 * the lock is held until it ends, so that imports that end together are counted one after the other.
 *
 * @param moreBars bars to come that are not written yet
 * @throws {AppError} too-large
 */
export async function requireBarRoom(
  client: Queryable,
  workspaceId: string,
  quota: BarQuota,
  moreBars: number,
): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('bar-quota:' || $1, 0))", [
    workspaceId,
  ]);
  const { rows } = await client.query<{ bars: number; isGuest: boolean }>(
    `select w.expires_at is not null as "isGuest",
            (select coalesce(sum(s.bar_count), 0)::float8
               from instrument i join bar_series s on s.instrument_id = i.id
              where i.workspace_id = w.id) as bars
       from workspace w where w.id = $1`,
    [workspaceId],
  );
  const { bars = 0, isGuest = true } = rows[0] ?? {};
  const barsMax = isGuest ? quota.guestBarsMax : quota.barsMax;
  if (bars + moreBars <= barsMax) return;
  throw new AppError(
    "too-large",
    `A workspace holds at most ${barsMax.toLocaleString("en-US")} bars: delete series that are not needed`,
  );
}
