import { AppError } from "#contracts/error-code.ts";
import { seenBarsRefusal, unlearnedNote, unlearnedRefusal } from "#contracts/gate-model-words.ts";
import { gateProblem } from "#contracts/gate-refusal.ts";
import type { LegView } from "#contracts/leg-view.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { found } from "#db/found.ts";
import { gateModelOf } from "#db/gate-models.ts";
import { gateModelFile } from "#db/models.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import { groupOfBook } from "#quant/learning/models/book-group.ts";
import { learnedFrom, readModelFile } from "#quant/learning/models/model-file.ts";
import type { GateInput } from "../compute/strategy-input.ts";
import type { JobContext } from "./job-context.ts";

/**
 * The model behind which a strategy stands.
 *
 * @param isRefitted whether it is trained anew on each formation, and so may have seen the trading period before
 * @returns null of a strategy without a gate
 * @throws {AppError} not-found: the model is gone; invalid-input: it cannot gate this strategy, has seen the trading
 *   period, or knows nothing of a pair
 */
export async function loadGate(
  { database, job }: Pick<JobContext, "database" | "job">,
  {
    gate,
    books,
    trading,
    kind,
    intervalMs,
  }: Pick<StrategyConfig, "gate" | "books" | "trading" | "kind" | "intervalMs">,
  isRefitted: boolean,
): Promise<GateInput | null> {
  if (gate === undefined) return null;
  const { workspaceId } = job;
  const { modelVersionId } = gate;
  const known = found(
    await gateModelOf(database.pool, workspaceId, modelVersionId),
    "model of the gate",
  );
  const text = await gateModelFile(database.pool, workspaceId, modelVersionId);
  const file = readModelFile(text.toString("utf8"));
  const { model, training, span, seed, spread, books: learned } = file;
  const isPair = model.spreads[0] !== null;
  const refuse = (message: string, field: string): never => {
    throw new AppError("invalid-input", message, { field: `config.gate${field}` });
  };
  // By the file itself: what it is about and learned from is what it says, not what its card says of it.
  const own = {
    ...known,
    ...{ legs: learned[0]?.length ?? 0, learnedUntilMs: span.endMs, intervalMs: file.intervalMs },
    ...{ subject: { label: model.label, spread }, classCount: labelClasses(model.label).length },
  };
  const problem = gateProblem(own, { kind, intervalMs, gate });
  if (problem !== null) refuse(problem.message, `.${problem.field}`);
  const refusal = isRefitted ? null : seenBarsRefusal(own, trading);
  if (refusal !== null) refuse(refusal, "");
  const unlearned: (readonly number[])[] = [];
  const groupOf = (one: readonly number[]): number => {
    const found = groupOfBook(learnedFrom(file), one);
    if (found === null) {
      return refuse(unlearnedRefusal(isPair ? 2 : 1), ".modelVersionId");
    }
    if (!found.isLearned) unlearned.push(one);
    return found.group;
  };
  const groups = isRefitted
    ? []
    : books.map((book) => (isPair ? [book] : book.map((id) => [id])).map(groupOf));
  const { mode, threshold } = gate;
  const settings = { mode, threshold };
  return { model, settings, isRefitted, spread, training, seed, groups, unlearned };
}

/**
 * What a report says of a model that trades what it has not learned from.
 *
 * @param legs of the run, by which they are named
 */
export function gateNotes(gate: GateInput | null, legs: readonly LegView[]): readonly string[] {
  if (gate === null || gate.unlearned.length === 0) return [];
  const symbol = (id: number) => legs.find(({ instrumentId }) => instrumentId === id)?.symbol ?? "";
  const names = gate.unlearned.map((one) => one.map(symbol).join("/"));
  return [unlearnedNote(names)];
}
