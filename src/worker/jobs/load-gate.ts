import { AppError } from "#contracts/error-code.ts";
import { seenBarsRefusal } from "#contracts/gate-model-words.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { found } from "#db/found.ts";
import { gateModelOf } from "#db/gate-models.ts";
import { gateModelFile } from "#db/models.ts";
import { readModelFile } from "#quant/learning/models/model-file.ts";
import { learnerOf } from "#quant/learning/models/recipe.ts";
import type { GateInput } from "../compute/strategy-input.ts";
import type { JobContext } from "./job-context.ts";

/**
 * The model behind which a strategy stands.
 *
 * @param isRefitted whether it is trained anew on each formation, and so may have seen the trading period before
 * @returns null of a strategy without a gate
 * @throws {AppError} not-found: the model is gone; invalid-input: it has seen the trading period, or knows nothing
 *   of a pair
 */
export async function loadGate(
  { database, job }: Pick<JobContext, "database" | "job">,
  { gate, books, trading }: Pick<StrategyConfig, "gate" | "books" | "trading">,
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
  const {
    model,
    training,
    span,
    seed,
    spread,
    books: learned,
  } = readModelFile(text.toString("utf8"));
  // By the file itself: what it learned from is what it says, not what its card says of it.
  const refusal = isRefitted
    ? null
    : seenBarsRefusal({ ...known, learnedUntilMs: span.endMs }, trading);
  if (refusal !== null) throw new AppError("invalid-input", refusal, { field: "config.gate" });
  const isPair = model.spreads[0] !== null;
  const groups = books.map((book) =>
    (isPair ? [book] : book.map((id) => [id])).map((one) => {
      const own = learned.findIndex((group) => group.join() === one.join());
      if (own !== -1 || isRefitted) return own;
      const { family } = learnerOf(model.fitted.recipe);
      const keepsGroups = model.spreads[0]?.kind === "fixed" || family === "series";
      if (!keepsGroups && learned[0]?.length === one.length) return 0;
      throw new AppError(
        "invalid-input",
        "The model of the gate has learned nothing of one of these pairs or instruments",
        { field: "config.gate" },
      );
    }),
  );
  const { mode, threshold } = gate;
  return { model, settings: { mode, threshold }, isRefitted, spread, training, seed, groups };
}
