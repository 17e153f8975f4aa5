import type { BacktestPlan } from "#contracts/backtest-plan.ts";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { Queryable } from "./client.ts";

/** A run, and since when it has been wanted; a plan of null is that of an optimisation. */
export type TrialSubject = {
  readonly config: Pick<StrategyConfig, "books" | "formation" | "trading">;
  readonly configHash: string;
  readonly plan: BacktestPlan | null;
  readonly before: Date;
};

/** SQL: what a backtest `b` of a version `v` traded, as triedData says it. */
const TRIED_START = `case b.plan ->> 'kind' when 'walk-forward'
  then (v.config #>> '{formation,startMs}')::float8 else (v.config #>> '{trading,startMs}')::float8 end`;
const TRIED_INSTRUMENTS = `case b.plan #>> '{walkForward,selection,kind}' when 'scan'
  then b.plan #> '{walkForward,selection,instruments}' else v.config -> 'books' end`;

/** SQL: parameters that the windows of a walk-forward `b` tried besides the one that each pair traded. */
const WINDOW_TRIALS = `case b.plan ->> 'kind' when 'walk-forward' then (
  select coalesce(sum((w ->> 'trials')::int - jsonb_array_length(
           jsonb_path_query_array(w, '$.pairs[*] ? (@.refusal == null)'))), 0)
    from jsonb_path_query(b.report, '$.windows[*] ? (@.type() == "object")') w) else 0 end`;

/**
 * How often the same data was tried before: different backtests that have shown a result or are about to, what
 * their windows tried, and trials of optimisations, with an instrument and a part of the traded time in common,
 * at any interval: hours and days of the same prices are the same data. Backtests that were started together are
 * all tried before any of them is chosen. Deleted ones were seen too; the same configuration run again is no
 * other trial.
 */
export async function earlierTrialCount(
  client: Queryable,
  workspaceId: string,
  subject: TrialSubject,
): Promise<number> {
  const { configHash, plan, before } = subject;
  const { instruments, startMs, endMs } = triedData(subject);
  const { rows } = await client.query<{ count: number }>(
    `with other as (
       select v.id, v.config_hash as hash, v.config from strategy_version v
         join strategy t on t.id = v.strategy_id
        where t.workspace_id = $1 and (v.config #>> '{trading,endMs}')::float8 > $3
     )
     select (
       (select coalesce(sum(tries), 0) from (
          select max(1 + ${WINDOW_TRIALS}) as tries from backtest b
            join other v on v.id = b.strategy_version_id
            left join job j on j.id = b.job_id
           where b.workspace_id = $1 and b.created_at <= $5
             and (b.report is not null
                  or j.state in ('queued', 'running') and j.cancel_requested_at is null)
             and ${TRIED_START} < $4
             and exists (select from jsonb_path_query(${TRIED_INSTRUMENTS}, '$[*][*]') as leg(id)
                          where leg.id::int = any($2::int[]))
             and not (v.hash = $6 and b.plan is not distinct from $7::jsonb)
           group by v.hash, b.plan) as run)
       + (select coalesce(sum(o.trial_count), 0) from optimisation o
            join other v on v.id = o.strategy_version_id
           where o.workspace_id = $1 and o.created_at < $5
             and (v.config #>> '{trading,startMs}')::float8 < $4
             and exists (select from jsonb_path_query(v.config, '$.books[*][*]') as leg(id)
                          where leg.id::int = any($2::int[])))
     )::int as count`,
    [
      workspaceId,
      instruments,
      startMs,
      endMs,
      before,
      configHash,
      plan === null ? null : canonicalJson(plan),
    ],
  );
  return rows[0]?.count ?? 0;
}

/** What a run trades: a walk-forward all of its span, and of a scan whatever it may choose. */
function triedData({ config, plan }: TrialSubject): TimeWindow & { instruments: number[] } {
  const { books, formation, trading } = config;
  const { endMs } = trading;
  if (plan?.kind !== "walk-forward") {
    return { instruments: books.flat(), startMs: trading.startMs, endMs };
  }
  const { selection } = plan.walkForward;
  const instruments = selection.kind === "scan" ? selection.instruments : books.flat();
  return { instruments, startMs: formation.startMs, endMs };
}
