import type { GateModelView } from "#contracts/gate-model.ts";
import { firstUnseenMs, gateModelName } from "#contracts/gate-model-words.ts";
import { formatTime } from "#ui/format.ts";
import type { SelectOption } from "#ui/select-field.tsx";

/**
 * Versions that a strategy may stand behind, by name.
 *
 * @param legsMax 1: the strategy trades single instruments, of which a model of pairs knows nothing
 * @param chosen version that the form has; "" is none
 */
export function gateOptions(
  models: readonly GateModelView[],
  strategy: { readonly intervalMs: number; readonly legsMax: number; readonly chosen: string },
): SelectOption[] {
  const { intervalMs, legsMax, chosen } = strategy;
  const fitting = models.filter(
    (model) =>
      model.modelVersionId === chosen || (model.intervalMs === intervalMs && model.legs <= legsMax),
  );
  const isKnown = chosen === "" || fitting.some(({ modelVersionId }) => modelVersionId === chosen);
  return [
    { value: "", label: "none" },
    ...fitting.map((model) => ({ value: model.modelVersionId, label: gateModelName(model) })),
    ...(isKnown ? [] : [{ value: chosen, label: "the version that was saved" }]),
  ];
}

/** Until when a model has learned, for a person who is about to choose dates. */
export function seenBarsWords(model: GateModelView): string {
  const at = (ms: number) => `${formatTime(ms, model.intervalMs, "utc")}${zoneOf(model)}`;
  return `It has learned from bars up to ${at(model.learnedUntilMs)}. A backtest over bars before that is refused: a single run may trade from ${at(firstUnseenMs(model))} on.`;
}

function zoneOf({ intervalMs }: GateModelView): string {
  return intervalMs >= 86_400_000 ? "" : " UTC";
}
