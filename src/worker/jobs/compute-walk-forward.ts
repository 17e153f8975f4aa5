import type { BacktestPlan } from "#contracts/backtest-plan.ts";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { PreparedWindow } from "#quant/walk-forward/prepared-window.ts";
import { proofNote } from "../compute/prove-strategy.ts";
import type { EarlierTrials } from "../compute/strategy-input.ts";
import type { WalkForwardInput } from "../compute/walk-forward-input.ts";
import { annualisationNotes } from "./annualisation-notes.ts";
import { backtestWindowWarnings } from "./backtest-window-warnings.ts";
import { bothOf } from "./both-of.ts";
import type { ComputedBacktest } from "./computed-backtest.ts";
import { inPieces } from "./in-pieces.ts";
import { insideBarsNotes } from "./inside-bars-notes.ts";
import type { JobContext } from "./job-context.ts";
import type { WantedFiner } from "./load-finer.ts";
import { loadGate } from "./load-gate.ts";
import { loadMarket } from "./load-market.ts";
import { manifestOf } from "./manifest.ts";
import { selectionWarnings } from "./selection-warning.ts";
import { strategyRunInput } from "./strategy-run-input.ts";

/** A walk-forward over the formation and the trading period of a strategy, taken together. */
export type WalkForwardToCompute = {
  readonly config: StrategyConfig;
  readonly plan: Extract<BacktestPlan, { kind: "walk-forward" }>;
  readonly earlierTrials: EarlierTrials;
  readonly finer: WantedFiner;
};

/** Windows are prepared in all threads, traded in order, and proved while they are traded. */
export async function computeWalkForward(
  context: JobContext,
  { config, plan, earlierTrials, finer }: WalkForwardToCompute,
): Promise<ComputedBacktest> {
  const startedAtMs = Date.now();
  const { walkForward } = plan;
  const { selection } = walkForward;
  const span = { startMs: config.formation.startMs, endMs: config.trading.endMs };
  const instrumentIds =
    selection.kind === "scan" ? selection.instruments : [...new Set(config.books.flat())];
  const market = await loadMarket(context, config, {
    // In sample the formations are traded as well.
    ...{ instrumentIds, window: span, inside: { span, finer } },
  });
  const books = selection.kind === "scan" ? [] : config.books;
  const gate = await loadGate(context, config, true);
  const input: WalkForwardInput = {
    key: `${context.job.id} ${context.job.attempt}`,
    strategy: strategyRunInput({ ...config, books, trading: span }, market, gate),
    walkForward,
  };
  const { signal } = context;
  const { windows, proofEvents } = await context.compute.run("plan-walk-forward", input, {
    signal,
  });
  const prepared: PreparedWindow[] = [];
  await inPieces(
    context,
    {
      count: windows.length,
      sizeMax: 1,
      onProgress: (done) =>
        context.progress(
          0.15 + (0.5 * done) / windows.length,
          `${done} of ${windows.length} windows prepared`,
        ),
    },
    async ({ start }) => {
      const window = windows[start];
      if (window === undefined) throw new Error("Invariant: a piece is a window");
      prepared[start] = await context.compute.run(
        "prepare-window",
        { ...input, window },
        { signal },
      );
    },
  );
  context.progress(0.66, "Trading, and proving that nothing looks ahead");
  const [traded, { lookAhead, eventsMax }] = await bothOf(
    context.compute.run(
      "trade-walk-forward",
      { ...input, prepared, benchmark: market.benchmark, earlierTrials },
      { signal },
    ),
    context.compute.run(
      "prove-walk-forward",
      { ...input, prepared, eventsMax: proofEvents },
      { signal },
    ),
  );
  context.progress(0.95, "Storing");
  const { formation, report, sessions } = traded;
  const note = proofNote(eventsMax);
  const ofScans =
    selection.kind === "fixed"
      ? await selectionWarnings(context.database.pool, context.job.workspaceId, {
          ...config,
          trading: { startMs: report.trading.startMs, endMs: span.endMs },
        })
      : [];
  return {
    report: {
      ...report,
      instruments: [...market.legs],
      formation,
      analysis: { ...traded.analysis, lookAhead },
      windows: traded.windows,
      warnings: [
        ...ofScans,
        ...traded.warnings,
        ...backtestWindowWarnings(
          [
            {
              field: "formation",
              window: { startMs: span.startMs, endMs: formation.startMs },
              firstMs: formation.startMs,
              lastMs: formation.startMs,
            },
            {
              field: "trading",
              window: { startMs: report.trading.endMs, endMs: span.endMs },
              firstMs: report.trading.endMs,
              lastMs: report.trading.endMs,
            },
          ],
          { intervalMs: config.intervalMs, calendar: market.calendar },
        ),
        ...annualisationNotes(config.intervalMs, market.calendar, sessions),
        ...insideBarsNotes(market.insideBars),
        ...(note === null ? [] : [note]),
      ],
      scanWarnings: ofScans.length,
      manifest: manifestOf({ config, plan }, market.used, {
        codeHash: context.codeHash,
        atMs: Date.now(),
        insideBars: market.insideBars,
      }),
      durationMs: Date.now() - startedAtMs,
    },
    series: packBacktestSeries(traded.series),
  };
}
