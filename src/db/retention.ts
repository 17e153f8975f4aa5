import type { Queryable } from "./client.ts";

/** What one round of retention removed. */
export type RetentionCounts = {
  readonly guestWorkspaces: number;
  readonly guestUsers: number;
  readonly sessions: number;
  readonly uploads: number;
  readonly rateLimits: number;
  readonly alerts: number;
};

/**
 * Removes what has outlived its purpose: guests past their seven days with all that is theirs, expired
 * sessions, files that stopped arriving a day ago or were never imported for a month, old counters of rate
 * limits, and alerts with their deliveries. Safe to run at any time.
 *
 * @param options.alertDays alerts are kept for so many days, acknowledged or not
 */
export async function applyRetention(
  client: Queryable,
  { alertDays }: { readonly alertDays: number },
): Promise<RetentionCounts> {
  const removed = async (statement: string, parameters: unknown[] = []) =>
    (await client.query(statement, parameters)).rowCount ?? 0;
  return {
    guestWorkspaces: await removed(
      "DELETE FROM workspace WHERE expires_at < now() AND NOT is_template",
    ),
    guestUsers: await removed("DELETE FROM user_account WHERE is_guest AND expires_at < now()"),
    sessions: await removed("DELETE FROM session WHERE expires_at < now()"),
    uploads: await removed(
      `DELETE FROM upload
       WHERE (state = 'receiving' AND created_at < now() - interval '1 day')
         OR (state IN ('received', 'inspected', 'refused')
           AND created_at < now() - interval '30 days')`,
    ),
    rateLimits: await removed(
      "DELETE FROM rate_limit WHERE window_start < now() - interval '2 days'",
    ),
    alerts: await removed(
      "DELETE FROM alert WHERE fired_at < now() - $1::float8 * interval '1 day'",
      [alertDays],
    ),
  };
}
