import type { GateModelView } from "#contracts/gate-model.ts";
import { firstUnseenMs, gateModelName } from "#contracts/gate-model-words.ts";
import { gateRefusal } from "#contracts/gate-refusal.ts";
import { SPREAD_KINDS } from "#quant/learning/features/spread-spec.ts";
import { formatTime } from "#ui/format.ts";
import type { SelectOption } from "#ui/select-field.tsx";

/** Versions to choose from, and those that cannot be chosen, by the reason. */
export type GateChoice = {
  readonly options: readonly SelectOption[];
  readonly refused: readonly { readonly reason: string; readonly names: readonly string[] }[];
};

/**
 * Versions that a strategy may stand behind, by name. One that cannot gate stays where the form has it already.
 *
 * @param chosen version that the form has; "" is none
 */
export function gateChoice(
  models: readonly GateModelView[],
  { chosen, ...strategy }: Parameters<typeof gateRefusal>[1] & { readonly chosen: string },
): GateChoice {
  const refused = new Map<string, string[]>();
  const options: SelectOption[] = [{ value: "", label: "none" }];
  for (const model of models) {
    const reason = gateRefusal(model, strategy);
    const label = gateModelName(model);
    if (reason !== null) refused.set(reason, [...(refused.get(reason) ?? []), label]);
    if (reason === null || model.modelVersionId === chosen) {
      options.push({ value: model.modelVersionId, label });
    }
  }
  if (!options.some(({ value }) => value === chosen)) {
    options.push({ value: chosen, label: "the version that was saved" });
  }
  return { options, refused: [...refused].map(([reason, names]) => ({ reason, names })) };
}

/** Until when a model has learned, for a person who is about to choose dates. */
export function seenBarsWords(model: GateModelView): string {
  const at = (ms: number) => `${formatTime(ms, model.intervalMs, "utc")}${zoneOf(model)}`;
  return `It has learned from bars up to ${at(model.learnedUntilMs)}. A backtest over bars before that is refused: a single run may trade from ${at(firstUnseenMs(model))} on.`;
}

/** By which line a model of pairs measures the spread, which need not be the line that is traded; null of others. */
export function ownLineWords({ subject }: Pick<GateModelView, "subject">): string | null {
  const spread = subject?.spread ?? null;
  if (spread === null) return null;
  const line = SPREAD_KINDS[spread.kind].label.toLowerCase();
  return `It measures the spread by a line of its own (${line}), whatever line the strategy trades.`;
}

function zoneOf({ intervalMs }: GateModelView): string {
  return intervalMs >= 86_400_000 ? "" : " UTC";
}
