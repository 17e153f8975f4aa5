/** Forecasts of the bars after the last: one, two … bars ahead. */
export type ForecastPath = {
  readonly values: Float64Array;
  /** Of the forecasts, as if the coefficients were known: what noise alone will do. */
  readonly standardErrors: Float64Array;
};
