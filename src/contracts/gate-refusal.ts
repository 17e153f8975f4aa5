import { gateObstacle, thresholdProblem } from "#quant/learning/models/gate-terms.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { GateModelView } from "./gate-model.ts";
import type { StrategyGate } from "./strategy.ts";

/**
 * Why a model cannot stand before the entries of a strategy, whatever its dates.
 *
 * @returns a sentence without a full stop; null: it can
 */
export function gateRefusal(
  model: Pick<GateModelView, "intervalMs" | "legs" | "subject">,
  strategy: { readonly kind: StrategyKind; readonly intervalMs: number },
): string | null {
  if (model.intervalMs !== strategy.intervalMs) {
    return "The model is of bars of another interval than the strategy";
  }
  // A pair is two legs with one spread; of two that are ranked each is asked about by itself.
  const isOfPairs = STRATEGIES[strategy.kind].instruments.max === 2;
  if (model.legs === 2 && !isOfPairs) {
    return "The model is of pairs, and the strategy trades single instruments";
  }
  if (model.legs === 1 && isOfPairs) {
    return "The model is of single instruments, and the strategy trades spreads: it would be asked about one leg, and know nothing of the other";
  }
  return model.subject === null ? null : gateObstacle(model.subject);
}

/**
 * What of a gate is to be refused, by its field.
 *
 * @returns null: nothing
 */
export function gateProblem(
  model: Pick<GateModelView, "intervalMs" | "legs" | "subject" | "classCount">,
  strategy: {
    readonly kind: StrategyKind;
    readonly intervalMs: number;
    readonly gate: StrategyGate;
  },
): { readonly field: keyof StrategyGate; readonly message: string } | null {
  const refusal = gateRefusal(model, strategy);
  if (refusal !== null) return { field: "modelVersionId", message: refusal };
  const problem = thresholdProblem(model.classCount, strategy.gate);
  return problem === null ? null : { field: "threshold", message: problem };
}
