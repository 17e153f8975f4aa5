import type { Queryable } from "./client.ts";

/** Number of the newest alert of each of these workspaces; 0 when it has none. One cheap look for all of them. */
export async function newestAlertSeqs(
  client: Queryable,
  workspaceIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: string; seq: number }>(
    `select workspace.id, coalesce(newest.seq, 0)::float8 as seq
       from unnest($1::uuid[]) as workspace (id)
      cross join lateral (
        select max(seq) as seq from alert where workspace_id = workspace.id) newest`,
    [workspaceIds],
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}
