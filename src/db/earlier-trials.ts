import type { BacktestPlan } from "#contracts/backtest-plan.ts";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { Queryable } from "./client.ts";

/** A run, and since when it has been wanted; a plan of null is that of an optimisation. */
export type TrialSubject = {
  readonly config: Pick<StrategyConfig, "books" | "intervalMs" | "trading">;
  readonly configHash: string;
  readonly plan: BacktestPlan | null;
  readonly before: Date;
};

/**
 * How often the same data was tried before: different backtests that have shown a result, and trials of
 * optimisations, with an instrument and a part of the trading period in common. Deleted ones were seen too;
 * the same configuration run again is no other trial.
 */
export async function earlierTrialCount(
  client: Queryable,
  workspaceId: string,
  { config, configHash, plan, before }: TrialSubject,
): Promise<number> {
  const { books, intervalMs, trading } = config;
  const { rows } = await client.query<{ count: number }>(
    `with other as (
       select v.id, v.config_hash as hash from strategy_version v
         join strategy t on t.id = v.strategy_id
        where t.workspace_id = $1 and (v.config->>'intervalMs')::float8 = $3
          and (v.config #>> '{trading,startMs}')::float8 < $5
          and (v.config #>> '{trading,endMs}')::float8 > $4
          and exists (select from jsonb_path_query(v.config, '$.books[*][*]') as leg(id)
                       where leg.id::int = any($2::int[]))
     )
     select (
       (select count(*) from (
          select distinct other.hash, b.plan from backtest b
            join other on other.id = b.strategy_version_id
           where b.workspace_id = $1 and b.report is not null and b.created_at < $6
             and not (other.hash = $7 and b.plan is not distinct from $8::jsonb)) as run)
       + (select coalesce(sum(o.trial_count), 0) from optimisation o
            join other on other.id = o.strategy_version_id
           where o.workspace_id = $1 and o.created_at < $6)
     )::int as count`,
    [
      workspaceId,
      books.flat(),
      intervalMs,
      trading.startMs,
      trading.endMs,
      before,
      configHash,
      plan === null ? null : canonicalJson(plan),
    ],
  );
  return rows[0]?.count ?? 0;
}
