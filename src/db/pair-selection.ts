import type { BarWindow } from "./bars.ts";
import type { Queryable } from "./client.ts";

/** A finished scan that tested a pair, and the window that it read. */
export type PairSelectionScan = {
  readonly universeName: string;
  readonly formation: BarWindow;
};

/**
 * The scan of a workspace that tested a pair, in either order, on bars that reach furthest into a window.
 * A deleted scan counts too: what it showed was seen.
 *
 * @returns null when no scan of the pair shares a bar with the window
 */
export async function scanSeeingInto(
  client: Queryable,
  workspaceId: string,
  pair: {
    readonly instrumentIds: readonly [number, number];
    readonly intervalMs: number;
    readonly window: BarWindow;
  },
): Promise<PairSelectionScan | null> {
  const { rows } = await client.query<{
    universeName: string;
    startMs: number;
    endMs: number;
  }>(
    `select * from (
       select s.universe_name as "universeName",
              (s.config #>> '{formation,startMs}')::float8 as "startMs",
              (s.config #>> '{formation,endMs}')::float8 as "endMs"
         from scan_pair p join scan s on s.id = p.scan_id
        where s.workspace_id = $1 and s.interval_ms = $2 and s.summary is not null
          and p.refusal is null
          and (p.instrument_y, p.instrument_x) in (($3::int, $4::int), ($4::int, $3::int))
     ) as tested
     where "startMs" < $6 and "endMs" > $5 order by "endMs" desc limit 1`,
    [workspaceId, pair.intervalMs, ...pair.instrumentIds, pair.window.startMs, pair.window.endMs],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    universeName: row.universeName,
    formation: { startMs: row.startMs, endMs: row.endMs },
  };
}
