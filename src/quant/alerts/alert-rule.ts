/** What raises an alert, in the unit of the value that is looked at. */
export type AlertCondition = {
  /** Beyond is: greater than the threshold, less than it, or greater in absolute value. */
  readonly operator: "above" | "below" | "absolute-above";
  readonly threshold: number;
  /** ≥ 0: how far back from the threshold the value must come before the rule is armed again. */
  readonly hysteresis: number;
  /** ≥ 0: time after an alert in which there is no other. */
  readonly cooldownMs: number;
};

/** Armed: waits for a crossing. Raised: has told of one, and waits for the value to come back. */
export type AlertState = {
  readonly phase: "armed" | "raised";
  /** When the last alert was raised; null when none was. */
  readonly lastFiredMs: number | null;
};

/** A rule that has seen nothing yet. */
export const ARMED: AlertState = { phase: "armed", lastFiredMs: null };

/**
 * Alert rule: one alert for each crossing of a threshold.
 *
 * Armed, and the value beyond the threshold: an alert, and the rule is raised. Raised, and the value back
 * by the hysteresis (at the threshold itself when there is none): armed again, silently. A crossing within
 * the cooldown waits: it is raised at the first value after it that is still beyond. The first value of
 * all counts like any other, so that a rule made too late tells at once.
 *
 * @param value null or not finite: missing, which is neither a crossing nor a coming back
 * @param nowMs the time of the value; of a replayed history its own, so that the answer is the same again
 * @returns the state as it was given (the same object) when nothing changed
 *
 * Cost: O(1).
 */
export function step(
  state: AlertState,
  value: number | null,
  rule: AlertCondition,
  nowMs: number,
): { readonly state: AlertState; readonly fired: boolean } {
  if (value === null || !Number.isFinite(value)) return { state, fired: false };
  const excess = excessOver(rule, value);
  if (state.phase === "raised") {
    if (excess > -rule.hysteresis) return { state, fired: false };
    return { state: { ...state, phase: "armed" }, fired: false };
  }
  const { lastFiredMs } = state;
  // Bars are of the venue's clock, moments of ours: without a cooldown a clock that lags loses no alert.
  const isCool =
    rule.cooldownMs === 0 || lastFiredMs === null || nowMs - lastFiredMs >= rule.cooldownMs;
  if (excess <= 0 || !isCool) return { state, fired: false };
  return { state: { phase: "raised", lastFiredMs: nowMs }, fired: true };
}

/** How far the value is beyond the threshold; negative on the near side. */
function excessOver({ operator, threshold }: AlertCondition, value: number): number {
  switch (operator) {
    case "above":
      return value - threshold;
    case "below":
      return threshold - value;
    case "absolute-above":
      return Math.abs(value) - threshold;
  }
}
