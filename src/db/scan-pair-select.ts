/** Columns of a ScanPairRow, of scan_pair p and its instruments y and x. */
const PAIR_ROW = `
  p.instrument_y as "instrumentY", p.instrument_x as "instrumentX",
  coalesce(y.symbol, '#' || p.instrument_y) as "symbolY",
  coalesce(x.symbol, '#' || p.instrument_x) as "symbolX",
  p.refusal, p.observations, p.hedge_ratio as "hedgeRatio", p.intercept,
  p.statistic_yx as "statisticYx", p.p_value_yx as "pValueYx", p.lags_yx as "lagsYx",
  p.statistic_xy as "statisticXy", p.p_value_xy as "pValueXy", p.lags_xy as "lagsXy",
  p.p_value as "pValue", p.q_value as "qValue", p.half_life_bars as "halfLifeBars",
  p.correlation,
  case when p.stage is not null then json_build_object(
    'stage', p.stage, 'reason', p.reason, 'rank', p.rank, 'cluster', p.cluster,
    'pValue', p.p_value, 'combinedPValue', p.combined_p_value,
    'johansenPValue', p.johansen_p_value, 'hurst', p.hurst,
    'meanCrossings', p.mean_crossings) end as funnel`;

/** The instruments of scan_pair p; one that was deleted since has no symbol. */
export const PAIR_INSTRUMENTS = `
  left join instrument y on y.id = p.instrument_y
  left join instrument x on x.id = p.instrument_x`;

/**
 * SELECT of ScanPairRow from pairs of the scan $2 of the workspace $1, if it is not deleted.
 *
 * @param source table of scan_pair rows, or a SELECT of them in parentheses
 */
export function pairSelect(source: string): string {
  return `
    select ${PAIR_ROW} from ${source} p
      join scan s on s.id = p.scan_id ${PAIR_INSTRUMENTS}
     where s.workspace_id = $1 and s.id = $2 and s.deleted_at is null`;
}
