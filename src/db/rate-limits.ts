import type { Database } from "./client.ts";

/** At most `limit` uses of a key in each window of `windowMs`. */
export type RateLimit = { readonly limit: number; readonly windowMs: number };

/**
 * Take one use of a rate limit: counted in PostgreSQL, so that all web processes share it.
 *
 * Windows are fixed (they start at whole multiples of their length), and the count is one atomic
 * statement: parallel requests cannot slip through between reading and writing. When the database
 * does not answer this throws, so a limit that cannot be checked refuses.
 *
 * @param key what is limited and for whom, ≤ 200 characters; holds no secret in the clear
 * @returns whether the use is allowed; else in how many ms the next window starts
 */
export async function takeRateLimit(
  database: Database,
  key: string,
  { limit, windowMs }: RateLimit,
): Promise<{ allowed: boolean; retryAfterMs: number }> {
  const { rows } = await database.pool.query<{ count: number; retryAfterMs: number }>(
    `insert into rate_limit as r (key, window_start, count)
     values ($1, to_timestamp(floor(extract(epoch from now()) * 1000 / $2::float8) * $2 / 1000), 1)
     on conflict (key, window_start) do update set count = r.count + 1
     returning r.count,
       greatest(0, ceil(extract(epoch from r.window_start - now()) * 1000 + $2))::float8
         as "retryAfterMs"`,
    [key, windowMs],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the rate limit was not counted");
  return { allowed: row.count <= limit, retryAfterMs: row.retryAfterMs };
}
