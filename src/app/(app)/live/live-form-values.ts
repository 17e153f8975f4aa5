import { LIVE_PRESETS, type LivePreset, type LiveSettings } from "#contracts/live-settings.ts";

/** What the form of a live pair holds: one flat row of fields, whatever the hedge. */
export type LiveFields = {
  instrumentY: string;
  instrumentX: string;
  preset: LivePreset | "custom";
  intervalMs: string;
  prices: LiveSettings["prices"];
  hedge: LiveSettings["hedge"]["kind"];
  hedgeWindowBars: number;
  intercept: boolean;
  delta: number;
  observationVariance: number;
  zScoreWindowBars: number;
  bufferBars: number;
  carryBarsMax: number;
  threshold: number;
};

const KALMAN_DELTA = 1e-5;
const KALMAN_OBSERVATION_VARIANCE = 1e-3;
const OLS_WINDOW_BARS = 240;

/** Settings as the form's fields; what a hedge does not have keeps a sensible value. */
export function settingFields(
  settings: LiveSettings,
): Omit<LiveFields, "instrumentY" | "instrumentX" | "preset"> {
  const { hedge } = settings;
  return {
    intervalMs: String(settings.intervalMs),
    prices: settings.prices,
    hedge: hedge.kind,
    hedgeWindowBars: hedge.kind === "rolling-ols" ? hedge.windowBars : OLS_WINDOW_BARS,
    intercept: hedge.kind === "rolling-ols" ? hedge.intercept : true,
    delta: hedge.kind === "kalman" ? hedge.delta : KALMAN_DELTA,
    observationVariance:
      hedge.kind === "kalman" ? hedge.observationVariance : KALMAN_OBSERVATION_VARIANCE,
    zScoreWindowBars: settings.zScoreWindowBars,
    bufferBars: settings.bufferBars,
    carryBarsMax: settings.carryBarsMax,
    threshold: settings.threshold,
  };
}

/** A new pair, as far as the address says which. */
export function liveFieldsOfSearch(get: (key: string) => string | null): LiveFields {
  return {
    instrumentY: get("y") ?? "",
    instrumentX: get("x") ?? "",
    preset: "default",
    ...settingFields(LIVE_PRESETS.default),
  };
}

/** What is sent of the form, to be judged by the schema. */
export function watchInputOf(fields: LiveFields): unknown {
  const legs = {
    instrumentY: Number(fields.instrumentY),
    instrumentX: Number(fields.instrumentX),
  };
  return fields.preset === "custom"
    ? { ...legs, settings: settingsOf(fields) }
    : { ...legs, preset: fields.preset };
}

/** The settings that the fields spell. */
export function settingsOf(fields: LiveFields): unknown {
  const { intervalMs, prices, zScoreWindowBars, bufferBars, carryBarsMax, threshold } = fields;
  return {
    intervalMs: Number(intervalMs),
    prices,
    hedge: hedgeOf(fields),
    zScoreWindowBars,
    bufferBars,
    carryBarsMax,
    threshold,
  };
}

function hedgeOf(fields: LiveFields): unknown {
  switch (fields.hedge) {
    case "rolling-ols":
      return {
        kind: fields.hedge,
        windowBars: fields.hedgeWindowBars,
        intercept: fields.intercept,
      };
    case "buffer":
      return { kind: fields.hedge };
    case "kalman":
      return {
        kind: fields.hedge,
        delta: fields.delta,
        observationVariance: fields.observationVariance,
      };
  }
}
