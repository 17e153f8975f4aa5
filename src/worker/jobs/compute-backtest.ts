import { packBacktestSeries } from "#contracts/backtest-series.ts";
import { runWindow } from "#contracts/run-window.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { BacktestTask } from "#db/backtest-results.ts";
import { proofNote } from "../compute/prove-strategy.ts";
import { openStrategyOf } from "../compute/strategy-books.ts";
import type { EarlierTrials, GateInput } from "../compute/strategy-input.ts";
import type { TradedStrategy } from "../compute/trade-strategy.ts";
import { annualisationNotes } from "./annualisation-notes.ts";
import { backtestWindowWarnings } from "./backtest-window-warnings.ts";
import { bothOf } from "./both-of.ts";
import { computeWalkForward } from "./compute-walk-forward.ts";
import type { ComputedBacktest } from "./computed-backtest.ts";
import { insideBarsNotes } from "./inside-bars-notes.ts";
import type { JobContext } from "./job-context.ts";
import type { WantedFiner } from "./load-finer.ts";
import { gateNotes, loadGate } from "./load-gate.ts";
import { type LoadedMarket, loadMarket } from "./load-market.ts";
import { manifestOf } from "./manifest.ts";
import { selectionWarnings } from "./selection-warning.ts";
import { strategyRunInput } from "./strategy-run-input.ts";

/** What of a backtest decides its result, and what was tried before it. */
export type BacktestToCompute = Pick<BacktestTask, "config" | "plan"> & {
  readonly earlierTrials: EarlierTrials;
  /** The best there are, or those that a report that is verified was made with. */
  readonly finer: WantedFiner;
};

/** Computes a backtest by its plan; whoever computes it again gets the same. */
export function computeBacktest(
  context: JobContext,
  { config, plan, earlierTrials, finer }: BacktestToCompute,
): Promise<ComputedBacktest> {
  switch (plan.kind) {
    case "single":
      return computeSingleRun(context, { config, earlierTrials, finer });
    case "walk-forward":
      return computeWalkForward(context, { config, plan, earlierTrials, finer });
  }
}

/** One run over the trading period, with its proof beside it in another thread. */
async function computeSingleRun(
  context: JobContext,
  { config, earlierTrials, finer }: Omit<BacktestToCompute, "plan">,
): Promise<ComputedBacktest> {
  const startedAtMs = Date.now();
  const gate = await loadGate(context, config, false);
  const window = runWindow(config, openStrategyOf({ ...config, gate }).warmUpBars);
  const instrumentIds = [...new Set(config.books.flat())];
  const market = await loadMarket(context, config, {
    ...{ instrumentIds, window, inside: { span: config.trading, finer } },
  });
  const strategy = strategyRunInput(config, market, gate);
  const progress = { trading: 0, proving: 0 };
  const report = (part: keyof typeof progress) => (fraction: number) => {
    progress[part] = fraction;
    const stage = progress.trading < 0.5 ? "Trading" : "Proving that nothing looks ahead";
    context.progress(0.15 + 0.4 * progress.trading + 0.4 * progress.proving, stage);
  };
  report("trading")(0);
  const { signal } = context;
  const [traded, { lookAhead, eventsMax }] = await bothOf(
    context.compute.run(
      "trade-strategy",
      { strategy, benchmark: market.benchmark, earlierTrials },
      { signal, onProgress: report("trading") },
    ),
    context.compute.run("prove-strategy", strategy, { signal, onProgress: report("proving") }),
  );
  context.progress(0.95, "Storing");
  const note = proofNote(eventsMax);
  const ofScans = await selectionWarnings(context.database.pool, context.job.workspaceId, config);
  return {
    report: {
      ...traded.report,
      instruments: [...market.legs],
      formation: traded.formation,
      analysis: { ...traded.analysis, lookAhead },
      windows: null,
      warnings: [
        ...ofScans,
        ...gateNotes(gate, market.legs),
        ...traded.warnings,
        ...periodWarnings({ ...config, gate }, market, traded),
        ...insideBarsNotes(market.insideBars),
        ...(note === null ? [] : [note]),
      ],
      scanWarnings: ofScans.length,
      manifest: manifestOf(config, market.used, {
        codeHash: context.codeHash,
        atMs: Date.now(),
        insideBars: market.insideBars,
      }),
      durationMs: Date.now() - startedAtMs,
    },
    series: packBacktestSeries(traded.series),
  };
}

function periodWarnings(
  config: Omit<StrategyConfig, "gate"> & { readonly gate: GateInput | null },
  { calendar }: LoadedMarket,
  { formation, report, sessions }: TradedStrategy,
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
    ...annualisationNotes(config.intervalMs, calendar, sessions),
  ];
}
