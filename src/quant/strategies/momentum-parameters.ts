import type { CalendarPeriod } from "./calendar-period.ts";
import type { MomentumScoreConfig } from "./momentum-instrument.ts";
import type {
  ChoiceParameter,
  IntegerParameter,
  NumberParameter,
  StrategyParameters,
} from "./strategy-parameters.ts";

export type MomentumConfig = MomentumScoreConfig & {
  /** Which instrument, counted from 0, tells the regime; it is not traded. */
  readonly indexPosition: number;
  readonly indexTrendBars: number;
  /** Share of the instruments other than the index that may be held. */
  readonly topShare: number;
  /** Share of equity that one average true range of a position is worth. */
  readonly riskShare: number;
  readonly grossExposureMax: number;
  readonly updateEvery: CalendarPeriod;
  readonly rebalanceEvery: CalendarPeriod;
  /** Bars in a row that may lack before a held instrument is given up. */
  readonly missingBarsMax: number;
};

/** Fields of a form for MomentumConfig; the usual values are the source's, see momentumStrategy. */
export const MOMENTUM_PARAMETERS: StrategyParameters<MomentumConfig> = {
  indexPosition: integer("instruments", {
    label: "Index",
    help: "Position of the instrument that tells the regime, counted from 0; it is not traded.",
    range: [0, 999, 1],
    usual: 0,
  }),
  indexTrendBars: integer("bars", {
    label: "Index average",
    help: "Bars of the index's moving average; longer turns later.",
    range: [2, 2000, 10],
    usual: 200,
  }),
  scoreBars: integer("bars", {
    label: "Score window",
    help: "Bars of the regression that ranks; longer ranks more steadily.",
    range: [5, 2000, 10],
    usual: 90,
  }),
  trendBars: integer("bars", {
    label: "Own average",
    help: "Bars of the moving average that an instrument must be above; longer turns later.",
    range: [2, 2000, 10],
    usual: 100,
  }),
  jumpMax: number("fraction", {
    label: "Largest jump",
    help: "Instruments that moved more than this in one bar of the score window are left out.",
    range: [0.01, 10, 0.01],
    usual: 0.15,
  }),
  topShare: number("fraction", {
    label: "Top share",
    help: "Share of the instruments that may be held; larger spreads wider.",
    range: [0.01, 1, 0.05],
    usual: 0.2,
  }),
  riskShare: number("fraction", {
    label: "Risk of a position",
    help: "Share of equity that one average true range is worth; larger holds fewer, bigger positions.",
    range: [0.0001, 0.1, 0.0005],
    usual: 0.001,
  }),
  atrBars: integer("bars", {
    label: "Range window",
    help: "Bars of the average true range; longer sizes more steadily.",
    range: [1, 500, 1],
    usual: 20,
  }),
  grossExposureMax: number("fraction", {
    label: "Largest exposure",
    help: "Share of equity that may be invested in all; above 1 borrows.",
    range: [0.01, 5, 0.1],
    usual: 1,
  }),
  updateEvery: period("Update", "How often positions are reviewed; oftener trades more.", "week"),
  rebalanceEvery: period(
    "Rebalance",
    "How often held positions get their sizes anew; oftener trades more.",
    "month",
  ),
  missingBarsMax: integer("bars", {
    label: "Missing bars",
    help: "A held instrument without a bar for longer than this is given up at the next review.",
    range: [0, 1000, 1],
    usual: 5,
  }),
  periodsPerYear: number("periods per year", {
    label: "Bars in a year",
    help: "Scales the score, which changes no ranking.",
    range: [1, 32_000_000, 1],
    usual: 252,
  }),
};

type Field = {
  readonly label: string;
  readonly help: string;
  /** Least, largest, step. */
  readonly range: readonly [number, number, number];
  readonly usual: number;
};

function integer(unit: "bars" | "instruments", field: Field): IntegerParameter {
  return { kind: "integer", unit, optional: false, ...rangeOf(field) };
}

function number(unit: "fraction" | "periods per year", field: Field): NumberParameter {
  return { kind: "number", unit, optional: false, ...rangeOf(field) };
}

function rangeOf({ label, help, range, usual }: Field) {
  const [min, max, step] = range;
  return { label, help, min, max, step, default: usual };
}

function period(
  label: string,
  help: string,
  usual: CalendarPeriod,
): ChoiceParameter<CalendarPeriod> {
  const choices = {
    bar: "Every bar",
    day: "First bar of a day",
    week: "First bar of a week",
    month: "First bar of a month",
  };
  return { kind: "choice", label, help, choices, default: usual };
}
