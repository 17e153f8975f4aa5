import type { BacktestPlan, WalkForward } from "#contracts/backtest-plan.ts";
import { AppError } from "#contracts/error-code.ts";
import { seenBarsRefusal } from "#contracts/gate-model-words.ts";
import { gateProblem } from "#contracts/gate-refusal.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { GATED_TRIALS, runsObstacle, windowTrials } from "#contracts/walk-forward-trials.ts";
import { STRATEGIES } from "#quant/strategies/strategy-kinds.ts";
import type { Queryable } from "./client.ts";
import { gateModelOf, unlearnedByGate } from "./gate-models.ts";

/**
 * Refuses a plan that could only fail: before there is a job.
 *
 * @throws {AppError} invalid-input on a field of "plan"
 */
export async function requireBacktestPlan(
  client: Queryable,
  workspaceId: string,
  config: StrategyConfig,
  plan: BacktestPlan,
): Promise<void> {
  const isSingle = plan.kind === "single";
  await requireGate(client, workspaceId, config, { isAnew: !isSingle });
  if (isSingle) return;
  const { walkForward } = plan;
  requireRoomForWindow(config, walkForward);
  requireTrials(config, walkForward);
  if (walkForward.selection.kind === "scan") {
    await requireCandidates(client, workspaceId, config, walkForward.selection.instruments);
  }
}

/**
 * A model must be one that can gate the strategy, which versions from before that was asked may lack. It may not
 * trade bars that it has learned from, or pairs that it knows nothing of, unless it is trained anew.
 */
async function requireGate(
  client: Queryable,
  workspaceId: string,
  { gate, trading, kind, intervalMs, books }: StrategyConfig,
  { isAnew }: { readonly isAnew: boolean },
): Promise<void> {
  if (gate === undefined) return;
  const model = await gateModelOf(client, workspaceId, gate.modelVersionId);
  if (model === null) return;
  const problem = gateProblem(model, { kind, intervalMs, gate });
  const refuse = (message: string | null) => {
    if (message === null) return;
    throw new AppError("invalid-input", message, { field: "strategyVersionId" });
  };
  if (problem !== null) refuse(`The gate of the strategy: ${problem.message}`);
  if (isAnew) return;
  refuse(seenBarsRefusal(model, trading));
  const asked = model.legs === 2 ? books : books.flat().map((id) => [id]);
  refuse((await unlearnedByGate(client, model, asked)).refusal);
}

/** The bars of a whole span without gaps must hold a formation and a trading window. */
function requireRoomForWindow(config: StrategyConfig, walkForward: WalkForward): void {
  const { formation, trading, intervalMs } = config;
  const bars = Math.ceil((trading.endMs - formation.startMs) / intervalMs);
  const { formationBars, embargoBars } = walkForward;
  const needed = formationBars + embargoBars + 2;
  if (walkForward.purgeBars >= formationBars) {
    throw refusal("purgeBars", "Purging must leave formation bars to learn from");
  }
  if (bars >= needed) return;
  const message = `The strategy spans ${bars} bars, and the first window alone needs ${needed}`;
  throw refusal("formationBars", message);
}

/** A market that closes has fewer bars in a span than its interval says. */
const SPAN_CARE = 6;

/** What each window tries must be possible, and be tried in a time that somebody waits for. */
function requireTrials(config: StrategyConfig, walkForward: WalkForward): void {
  const { optimise, selection, tradingBars } = walkForward;
  if (optimise === null) return;
  if (config.gate !== undefined) throw refusal("optimise", GATED_TRIALS);
  const found = windowTrials(config, optimise);
  if (!("space" in found)) {
    throw refusal(`optimise.space${found.field === null ? "" : `.${found.field}`}`, found.message);
  }
  const bars = (config.trading.endMs - config.formation.startMs) / config.intervalMs / SPAN_CARE;
  const obstacle = runsObstacle({
    windows: Math.max(1, Math.floor((bars - walkForward.formationBars) / tradingBars)),
    books: selection.kind === "scan" ? selection.pairsMax : config.books.length,
    combinations: found.space.size,
  });
  if (obstacle !== null) throw refusal("optimise.space", obstacle.message);
}

async function requireCandidates(
  client: Queryable,
  workspaceId: string,
  config: StrategyConfig,
  instruments: readonly number[],
): Promise<void> {
  const { label, instruments: taken } = STRATEGIES[config.kind];
  const field = "selection.instruments";
  if (taken.max !== 2) {
    throw refusal(field, `${label} does not trade pairs: its instruments stay as they are`);
  }
  if (new Set(instruments).size < instruments.length) {
    throw refusal(field, "An instrument is there twice");
  }
  const { rows } = await client.query<{ id: number }>(
    `select i.id from instrument i
       join bar_series b on b.instrument_id = i.id and b.interval_ms = $2
      where i.id = any($1::int[]) and (i.workspace_id is null or i.workspace_id = $3)`,
    [instruments, config.intervalMs, workspaceId],
  );
  if (rows.length < instruments.length) {
    throw refusal(field, "Not all of these instruments have bars of the strategy's interval");
  }
}

function refusal(field: string, message: string): AppError {
  return new AppError("invalid-input", message, { field: `plan.walkForward.${field}` });
}
