import type { BacktestReport } from "#contracts/backtest.ts";
import { type PackedSeries, packBacktestSeries } from "#contracts/backtest-series.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { BacktestTask } from "#db/backtest-results.ts";
import { proofEvents, proofNote } from "../compute/prove-strategy.ts";
import { openStrategyOf } from "../compute/strategy-books.ts";
import type { TradedStrategy } from "../compute/trade-strategy.ts";
import { backtestWindowWarnings } from "./backtest-window-warnings.ts";
import type { JobContext } from "./job-context.ts";
import { type LoadedMarket, loadMarket } from "./load-market.ts";
import { manifestOf } from "./manifest.ts";
import { selectionWarnings } from "./selection-warning.ts";
import { runWindow, strategyRunInput } from "./strategy-run-input.ts";

/** What a backtest stores. */
export type ComputedBacktest = { readonly report: BacktestReport; readonly series: PackedSeries };

/** What of a backtest decides its result, and what was tried before it. */
export type BacktestToCompute = Pick<BacktestTask, "config" | "plan"> & {
  readonly earlierTrials: number;
};

/** Computes one run over the trading period, with its proof beside it in another thread. */
export async function computeBacktest(
  context: JobContext,
  { config, earlierTrials }: BacktestToCompute,
): Promise<ComputedBacktest> {
  const startedAtMs = Date.now();
  const window = runWindow(config, openStrategyOf(config).warmUpBars);
  const instrumentIds = [...new Set(config.books.flat())];
  const market = await loadMarket(context, config, { instrumentIds, window });
  const strategy = strategyRunInput(config, market);
  const progress = { trading: 0, proving: 0 };
  const report = (part: keyof typeof progress) => (fraction: number) => {
    progress[part] = fraction;
    const stage = progress.trading < 0.5 ? "Trading" : "Proving that nothing looks ahead";
    context.progress(0.15 + 0.4 * progress.trading + 0.4 * progress.proving, stage);
  };
  report("trading")(0);
  const { signal } = context;
  const [traded, lookAhead] = await bothOf(
    context.compute.run(
      "trade-strategy",
      { strategy, benchmark: market.benchmark, earlierTrials },
      { signal, onProgress: report("trading") },
    ),
    context.compute.run("prove-strategy", strategy, { signal, onProgress: report("proving") }),
  );
  context.progress(0.95, "Storing");
  const note = proofNote(proofEvents(strategy, traded.formation.bars + traded.report.trading.bars));
  return {
    report: {
      ...traded.report,
      instruments: [...market.legs],
      formation: traded.formation,
      analysis: { ...traded.analysis, lookAhead },
      windows: null,
      warnings: [
        ...(await selectionWarnings(context.database.pool, context.job.workspaceId, config)),
        ...traded.warnings,
        ...periodWarnings(config, market, traded),
        ...(note === null ? [] : [note]),
      ],
      manifest: manifestOf(config, market.used, {
        codeHash: context.codeHash,
        atMs: Date.now(),
      }),
      durationMs: Date.now() - startedAtMs,
    },
    series: packBacktestSeries(traded.series),
  };
}

/** Both results; when one fails, the other is waited for, so that no thread works for nobody. */
async function bothOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<readonly [A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === "rejected") throw a.reason;
  if (b.status === "rejected") throw b.reason;
  return [a.value, b.value];
}

function periodWarnings(
  config: StrategyConfig,
  { calendar }: LoadedMarket,
  { formation, report, sessionBars }: TradedStrategy,
): string[] {
  const learnsNothing = openStrategyOf(config).formationBarsMin === 0;
  const used = [
    ...(learnsNothing ? [] : [{ field: "formation" as const, ...formation }]),
    { field: "trading" as const, ...report.trading },
  ];
  return [
    ...backtestWindowWarnings(
      used.map(({ field, startMs, endMs }) => ({
        field,
        window: config[field],
        firstMs: startMs,
        lastMs: endMs,
      })),
      { intervalMs: config.intervalMs, calendar },
    ),
    ...annualisationNotes(config, calendar, sessionBars),
  ];
}

const DAY_MS = 86_400_000;

/** Of how many bars a session has there is no convention, so the report says what was counted. */
export function annualisationNotes(
  { intervalMs }: Pick<StrategyConfig, "intervalMs">,
  calendar: LoadedMarket["calendar"],
  sessionBars: number,
): string[] {
  if (calendar === "continuous" || intervalMs >= DAY_MS) return [];
  const bars = sessionBars === 1 ? "1 bar" : `${sessionBars} bars`;
  return [
    `Annual figures count 252 sessions a year, each of ${bars}: the median of the trading period.`,
  ];
}
