import { z } from "zod";
import { LegView, StrategyConfig, type StrategyVersionView } from "#contracts/strategy.ts";
import { isSynthetic } from "#contracts/venue.ts";

/**
 * SQL that makes one JSON object of a strategy version `v` with the names of its legs. An instrument
 * that is gone is called by its number.
 */
export const STRATEGY_VERSION_JSON = `
  jsonb_build_object(
    'id', v.id, 'version', v.version, 'config', v.config, 'configHash', v.config_hash,
    'createdAtMs', (extract(epoch from v.created_at) * 1000)::bigint,
    'backtestCount', (select count(*) from backtest c
                       where c.strategy_version_id = v.id and c.deleted_at is null),
    'legY', (select jsonb_build_object('instrumentId', id, 'symbol', coalesce(max(i.symbol), '#' || id),
                                       'venue', coalesce(max(i.venue), ''))
               from (select (v.config ->> 'instrumentY')::int as id) leg
               left join instrument i using (id) group by id),
    'legX', (select jsonb_build_object('instrumentId', id, 'symbol', coalesce(max(i.symbol), '#' || id),
                                       'venue', coalesce(max(i.venue), ''))
               from (select (v.config ->> 'instrumentX')::int as id) leg
               left join instrument i using (id) group by id))`;

const StoredVersion = z.object({
  id: z.uuid(),
  version: z.number(),
  config: StrategyConfig,
  configHash: z.string(),
  createdAtMs: z.number(),
  backtestCount: z.number(),
  legY: LegView,
  legX: LegView,
});

/** Strategy version from the JSON that STRATEGY_VERSION_JSON makes. */
export function toStrategyVersionView(json: unknown): StrategyVersionView {
  return StoredVersion.parse(json);
}

/** True when a leg's prices were generated: what is computed of it is synthetic too. */
export function hasSyntheticLeg({ legY, legX }: StrategyVersionView): boolean {
  return isSynthetic(legY.venue) || isSynthetic(legX.venue);
}
