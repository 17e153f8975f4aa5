/** What the bars of a dataset may hold: one instrument, or the legs Y and X of a pair. */
export const RAW_COLUMNS = [
  "close",
  "high",
  "low",
  "volume",
  "close-y",
  "high-y",
  "low-y",
  "volume-y",
  "close-x",
  "high-x",
  "low-x",
  "volume-x",
] as const;
export type RawColumn = (typeof RAW_COLUMNS)[number];

/** A column that features begin with: one that the bars hold, or one that the spread gives. */
export type BaseColumn = RawColumn | "spread" | "hedge-ratio";

/** What each is called in a form. */
export const BASE_COLUMNS: Readonly<Record<BaseColumn, string>> = {
  spread: "Spread",
  "hedge-ratio": "Hedge ratio",
  close: "Close",
  high: "High",
  low: "Low",
  volume: "Volume",
  "close-y": "Close of leg Y",
  "high-y": "High of leg Y",
  "low-y": "Low of leg Y",
  "volume-y": "Volume of leg Y",
  "close-x": "Close of leg X",
  "high-x": "High of leg X",
  "low-x": "Low of leg X",
  "volume-x": "Volume of leg X",
};

/**
 * Bars of one instrument or of one pair, aligned, oldest first. NaN marks what is missing, so that a bar
 * that does not exist is a row of NaN on the axis of its neighbours.
 */
export type BarColumns = {
  /** Strictly ascending, UTC milliseconds. */
  readonly openTimeMs: Float64Array;
  readonly columns: Readonly<Partial<Record<RawColumn, Float64Array>>>;
};

/** One bar of them, as a stream brings it. */
export type FeatureBar = {
  readonly openTimeMs: number;
  readonly values: Readonly<Partial<Record<RawColumn, number>>>;
};
