import type { GateModelView } from "./gate-model.ts";

/** What the version of a model is called: "Reverter v3 (live)". */
export function gateModelName(
  model: Pick<GateModelView, "name" | "version" | "stage" | "isDeleted">,
): string {
  return `${model.name} v${model.version} (${model.isDeleted ? "deleted" : model.stage})`;
}

/** Open time of the first bar that a single run may trade behind a model, UTC ms. */
export function firstUnseenMs({
  learnedUntilMs,
  intervalMs,
}: Pick<GateModelView, "learnedUntilMs" | "intervalMs">): number {
  return learnedUntilMs + intervalMs;
}

/**
 * Why a single run behind a model is refused: it may not trade bars that the model has learned from. Walking
 * forward, it is trained anew.
 *
 * @returns null where every traded bar is new to it
 */
export function seenBarsRefusal(
  model: Pick<
    GateModelView,
    "name" | "version" | "stage" | "isDeleted" | "learnedUntilMs" | "intervalMs"
  >,
  trading: { readonly startMs: number },
): string | null {
  if (model.learnedUntilMs < trading.startMs) return null;
  const until = barText(model.learnedUntilMs, model.intervalMs);
  const first = barText(firstUnseenMs(model), model.intervalMs);
  return `${gateModelName(model)} has learned from bars up to ${until}, and the trading period starts at ${barText(trading.startMs, model.intervalMs)}: start trading at ${first} or later, or walk forward, which trains it anew`;
}

/** Why a single run behind a model is refused that has learned nothing of what it trades. */
export function unlearnedRefusal(legs: number): string {
  const what = legs === 2 ? "pairs, its legs in this order" : "instruments";
  return `The model of the gate has not learned from one of these ${what}: choose one that has, or walk forward, which trains it anew`;
}

/** What a model that was pooled from several says of those that it has not learned from. */
export function unlearnedNote(names: readonly string[]): string {
  return `The model of the gate has not learned from ${names.join(", ")}: it was pooled from others, and says of these what it knows of those.`;
}

const DAY_MS = 86_400_000;

/** The open time of a bar, in UTC as dates of strategies are compared. */
function barText(ms: number, intervalMs: number): string {
  const text = new Date(ms).toISOString();
  return intervalMs >= DAY_MS && ms % DAY_MS === 0
    ? text.slice(0, 10)
    : `${text.slice(0, 16).replace("T", " ")} UTC`;
}
