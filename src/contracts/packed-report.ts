import type { JobView } from "./job.ts";
import { legDirection } from "./leg-direction.ts";
import type {
  FullReport,
  FullTrade,
  LegSums,
  ListedLeg,
  ReportLeg,
  ReportResult,
  ReportTrade,
  ReportView,
} from "./report-view.ts";

type PackedLeg = readonly [
  instrument: number,
  direction: 1 | -1,
  entryPrice: number | null,
  exitPrice: number | null,
];

/** A listed trade by places instead of names, which would be two thirds of what is sent. */
export type PackedTrade = readonly [
  book: number,
  side: ReportTrade["side"],
  hedgeRatio: number | null,
  entrySignalMs: number,
  entryMs: number,
  exitSignalMs: number | null,
  exitMs: number,
  entryFigure: number | null,
  exitFigure: number | null,
  netPnl: number,
  barsHeld: number,
  exitReason: ReportTrade["exitReason"],
  grossPnl: number,
  fees: number,
  slippageCost: number,
  funding: number,
  borrow: number,
  dividends: number,
  liquidationFee: number,
  legs: readonly PackedLeg[],
  /** Figures at the entry and at the exit; null of a trade without. */
  signals: readonly [PackedFigures, PackedFigures | null] | null,
];

type PackedFigures = readonly (number | null)[];

/** A report as it is sent to its page: of the legs of a trade only what a list and charts show. */
export type PackedReport = Omit<FullReport, "trades"> & { readonly trades: readonly PackedTrade[] };

/** A backtest as the page of its owner reads it; the report is null until it is finished. */
export type OwnReport = ReportView & {
  readonly id: string;
  /** null: the strategy was deleted. */
  readonly strategyId: string | null;
  readonly tags: readonly string[];
  readonly notes: string;
  /** What the strategy names; a walk-forward may have traded others. */
  readonly books: readonly (readonly ReportLeg[])[];
  readonly job: JobView | null;
  readonly report: PackedReport | null;
};

/** Finer than a pixel of any chart. */
const PRICE_DIGITS = 8;

/** Leaves out what only an opened trade shows. */
export function packedReport(report: FullReport): PackedReport {
  return { ...report, trades: report.trades.map(packedTrade) };
}

/** The report that was packed. */
export function unpackedReport(report: PackedReport): ReportResult {
  return { ...report, trades: report.trades.map(unpackedTrade) };
}

/** A trade without what only an opened one shows. */
export function packedTrade(trade: FullTrade): PackedTrade {
  const sum = (field: keyof LegSums) => trade.legs.reduce((total, leg) => total + leg[field], 0);
  return [
    trade.book,
    trade.side,
    trade.hedgeRatio,
    trade.entrySignalMs,
    trade.entryMs,
    trade.exitSignalMs,
    trade.exitMs,
    trade.entryFigure,
    trade.exitFigure,
    trade.netPnl,
    trade.barsHeld,
    trade.exitReason,
    sum("grossPnl"),
    sum("fees"),
    sum("slippageCost"),
    sum("funding"),
    sum("borrow"),
    sum("dividends"),
    sum("liquidationFee"),
    trade.legs.map(({ instrument, entryPrice, exitPrice }, place) => [
      instrument,
      legDirection(trade, place),
      priceDigits(entryPrice),
      priceDigits(exitPrice),
    ]),
    trade.signals === undefined
      ? null
      : [trade.signals.entry.map(priceDigits), trade.signals.exit?.map(priceDigits) ?? null],
  ];
}

function priceDigits(price: number | null): number | null {
  return price === null ? null : Number(price.toPrecision(PRICE_DIGITS));
}

/** The trade that was packed. */
export function unpackedTrade(packed: PackedTrade): ReportTrade {
  const [book, side, hedgeRatio, entrySignalMs, entryMs, exitSignalMs, exitMs, ...figures] = packed;
  const [entryFigure, exitFigure, netPnl, barsHeld, exitReason, ...money] = figures;
  const [grossPnl, fees, slippageCost, funding, borrow, ...rest] = money;
  const [dividends, liquidationFee, legs, signals] = rest;
  return {
    ...{ book, side, hedgeRatio, entrySignalMs, entryMs, exitSignalMs, exitMs },
    ...{ entryFigure, exitFigure, netPnl, barsHeld, exitReason },
    ...{ grossPnl, fees, slippageCost, funding, borrow, dividends, liquidationFee },
    legs: legs.map(
      ([instrument, direction, entryPrice, exitPrice]): ListedLeg => ({
        ...{ instrument, direction, entryPrice, exitPrice },
      }),
    ),
    ...(signals === null
      ? {}
      : {
          signals: { entry: [...signals[0]], exit: signals[1] === null ? null : [...signals[1]] },
        }),
  };
}
