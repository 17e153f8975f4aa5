import { CLUSTERING_CALLS } from "./clustering-calls.ts";
import { COINTEGRATION_CALLS } from "./cointegration-calls.ts";
import type { DoorCall } from "./door-call.ts";
import { HURST_CALL } from "./hurst-call.ts";
import { INDICATOR_CALL } from "./indicator-call.ts";
import { KALMAN_CALLS } from "./kalman-hedge-call.ts";
import { MEAN_REVERSION_CALLS } from "./mean-reversion-calls.ts";
import { PERFORMANCE_CALL } from "./performance-call.ts";
import { REGRESSION_CALLS } from "./regression-calls.ts";
import { SHARPE_CALLS } from "./sharpe-calls.ts";
import { STATIONARY_BOOTSTRAP_CALL } from "./stationary-bootstrap-call.ts";
import { STRUCTURAL_BREAK_CALLS } from "./structural-break-calls.ts";
import { UNIT_ROOT_CALLS } from "./unit-root-calls.ts";
import { Z_SCORE_BACKTEST_CALL } from "./z-score-backtest-call.ts";

/** Every call of the door by its name. */
export const CALLS: ReadonlyMap<string, DoorCall> = new Map(
  Object.entries({
    ...REGRESSION_CALLS,
    ...UNIT_ROOT_CALLS,
    ...COINTEGRATION_CALLS,
    ...STRUCTURAL_BREAK_CALLS,
    ...MEAN_REVERSION_CALLS,
    hurst: HURST_CALL,
    ...KALMAN_CALLS,
    ...CLUSTERING_CALLS,
    performance: PERFORMANCE_CALL,
    ...SHARPE_CALLS,
    stationaryBootstrap: STATIONARY_BOOTSTRAP_CALL,
    indicator: INDICATOR_CALL,
    zScoreBacktest: Z_SCORE_BACKTEST_CALL,
  }),
);
