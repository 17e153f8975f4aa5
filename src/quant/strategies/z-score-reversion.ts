/** The desired side of the spread: long buys leg Y and sells leg X, short the reverse. */
export type Signal = "long" | "short" | "flat";

/**
 * Why a trade was left: the target was reached, the stop, the time limit, the data ended, or the equity
 * did. The strategy gives the first three, whoever runs it the others.
 */
export type ExitReason = "exit" | "stop" | "time" | "end" | "ruin";

/**
 * Thresholds of the z-score reversion strategy; z-scores are absolute values, null switches a rule
 * off.
 */
export type ZScoreReversionConfig = {
  readonly entryZScore: number;
  readonly exitZScore: number;
  readonly stopZScore: number | null;
  readonly holdingMaxBars: number | null;
};

/**
 * What the strategy remembers between bars. `barsHeld` counts closed bars since the fill, 0 when
 * flat; `lockedSide` is the side of the last stopped trade until the z-score has crossed its exit
 * level.
 */
export type ZScoreReversionState = {
  readonly signal: Signal;
  readonly barsHeld: number;
  readonly lockedSide: "long" | "short" | null;
};

/** One closed bar; a z-score of NaN is a gap (no full window, or a window without variance). */
export type ZScoreReversionEvent = { readonly zScore: number };

/**
 * The next state, the side wanted from now on, and the reason when this bar asks to leave a trade.
 */
export type ZScoreReversionStep = {
  readonly state: ZScoreReversionState;
  readonly target: Signal;
  readonly exitReason: Exclude<ExitReason, "end" | "ruin"> | null;
};

/** The state before the first bar: flat, nothing locked. */
export const ZSCORE_REVERSION_START: ZScoreReversionState = {
  signal: "flat",
  barsHeld: 0,
  lockedSide: null,
};

/**
 * Z-score reversion: one closed bar of the strategy that trades the spread back to its mean.
 *
 * Flat: z ≥ entry goes short the spread, z ≤ −entry goes long, unless |z| ≥ stop. Long leaves when
 * z ≥ −exit, short when z ≤ exit (exit 0: the mean is crossed), else on |z| ≥ stop, else after the
 * maximum holding, in this order. After a stop or a time stop nothing is entered before z has
 * crossed the exit level of the abandoned side. One action a bar: a reversal leaves first and
 * enters on a later bar. A gap (NaN) enters nothing and leaves nothing; only the time limit, which
 * needs no z-score, still acts.
 *
 * @param config thresholds: 0 ≤ exit < entry < stop
 * @param state the state after the previous bar, {@link ZSCORE_REVERSION_START} before the first
 * @param event the bar that has just closed
 * @returns state and target after the bar; the caller fills the target no earlier than the next bar
 *
 * Cost: O(1).
 */
export function stepZScoreReversion(
  config: ZScoreReversionConfig,
  state: ZScoreReversionState,
  event: ZScoreReversionEvent,
): ZScoreReversionStep {
  switch (state.signal) {
    case "flat":
      return stepFlat(config, state, event.zScore);
    case "long":
      return stepHeld(config, state, "long", event.zScore);
    case "short":
      return stepHeld(config, state, "short", event.zScore);
  }
}

/** Most bars are this one, so it is not made anew for each. */
const NOTHING_DONE: ZScoreReversionStep = {
  state: ZSCORE_REVERSION_START,
  target: "flat",
  exitReason: null,
};

function stepFlat(
  config: ZScoreReversionConfig,
  state: ZScoreReversionState,
  zScore: number,
): ZScoreReversionStep {
  const isUnlocked = state.lockedSide === null || hasReverted(config, state.lockedSide, zScore);
  if (!isUnlocked) return { state, target: "flat", exitReason: null };
  const target = entrySide(config, zScore);
  if (target === "flat") return NOTHING_DONE;
  return { state: { signal: target, barsHeld: 0, lockedSide: null }, target, exitReason: null };
}

function entrySide(config: ZScoreReversionConfig, zScore: number): Signal {
  if (config.stopZScore !== null && Math.abs(zScore) >= config.stopZScore) return "flat";
  if (zScore >= config.entryZScore) return "short";
  if (zScore <= -config.entryZScore) return "long";
  return "flat";
}

function stepHeld(
  config: ZScoreReversionConfig,
  state: ZScoreReversionState,
  side: "long" | "short",
  zScore: number,
): ZScoreReversionStep {
  const barsHeld = state.barsHeld + 1;
  const exitReason = exitReasonOf(config, side, zScore, barsHeld);
  if (exitReason === null) {
    return { state: { signal: side, barsHeld, lockedSide: null }, target: side, exitReason };
  }
  const lockedSide = exitReason === "exit" ? null : side;
  return { state: { signal: "flat", barsHeld: 0, lockedSide }, target: "flat", exitReason };
}

function exitReasonOf(
  config: ZScoreReversionConfig,
  side: "long" | "short",
  zScore: number,
  barsHeld: number,
): ZScoreReversionStep["exitReason"] {
  if (hasReverted(config, side, zScore)) return "exit";
  if (config.stopZScore !== null && Math.abs(zScore) >= config.stopZScore) return "stop";
  if (config.holdingMaxBars !== null && barsHeld >= config.holdingMaxBars) return "time";
  return null;
}

/** Comparisons with NaN are false, so a gap never counts as a return to the mean. */
function hasReverted(
  config: ZScoreReversionConfig,
  side: "long" | "short",
  zScore: number,
): boolean {
  return side === "long" ? zScore >= -config.exitZScore : zScore <= config.exitZScore;
}
