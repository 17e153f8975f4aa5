import type { BarEvent, Strategy, Target } from "./strategy.ts";
import { FLAT_SPREAD } from "./targets.ts";

/**
 * What a gate thinks of entering after a bar: for each position the share of the usual size, in [0, 1]; 0 is
 * no. A spread is one position, at index 0; of weights each instrument is one.
 */
export type GateStep<GateState> = {
  readonly state: GateState;
  readonly long: Float64Array;
  readonly short: Float64Array;
};

/**
 * A gate: what approves or sizes the entries of a strategy, such as a trained model. It sees the same
 * closed bars, is pure, and its state is plain data that a step may use up, as that of a strategy.
 */
export type Gate<GateState> = {
  readonly label: string;
  readonly warmUpBars: number;
  readonly start: (instrumentCount: number) => GateState;
  readonly step: (state: GateState, event: BarEvent) => GateStep<GateState>;
};

export type GatedState<State, GateState> = {
  inner: State;
  gate: GateState;
  /** Direction that the inner strategy wants of each position: −1, 0 or 1. */
  readonly sides: Float64Array;
  /** Share that was granted when it wanted that direction first. */
  readonly shares: Float64Array;
};

/**
 * A strategy behind a gate: every new direction of a position is put to the gate once, on the bar of the
 * signal; what it grants is the size until the inner strategy changes its mind, 0 until then is flat.
 * Leaving is never gated.
 *
 * @param inner any strategy
 * @param gate of the same instruments
 * @returns a strategy with the parameters of the inner one, and one figure more: the share granted to
 *   the bar's entry (the smallest of several), NaN without one
 */
export function gatedStrategy<Config, Fit, State, GateState>(
  inner: Strategy<Config, Fit, State>,
  gate: Gate<GateState>,
): Strategy<Config, Fit, GatedState<State, GateState>> {
  return {
    ...inner,
    kind: `gated-${inner.kind}`,
    label: `${inner.label}, gated by ${gate.label}`,
    figures: { ...inner.figures, gateShare: { label: "Granted share", axis: "fraction" } },
    warmUpBars: (config) => Math.max(inner.warmUpBars(config), gate.warmUpBars),
    start: (config, fit, instrumentCount) => ({
      inner: inner.start(config, fit, instrumentCount),
      gate: gate.start(instrumentCount),
      sides: new Float64Array(instrumentCount),
      shares: new Float64Array(instrumentCount),
    }),
    step: (config, state, event) => {
      const wanted = inner.step(config, state.inner, event);
      const opinion = gate.step(state.gate, event);
      state.inner = wanted.state;
      state.gate = opinion.state;
      // Before it is warm a gate has no opinion, which is no approval.
      const granted = event.bar < gate.warmUpBars ? NOTHING : opinion;
      const { target, gateShare } = throughGate(state, wanted.target, granted);
      return {
        state,
        target,
        figures: { ...wanted.figures, gateShare },
        reason: wanted.reason === "entry" && gateShare === 0 ? "gate" : wanted.reason,
      };
    },
  };
}

type Opinion = Pick<GateStep<unknown>, "long" | "short">;
type Positions = Pick<GatedState<unknown, unknown>, "sides" | "shares">;

const NOTHING: Opinion = { long: new Float64Array(0), short: new Float64Array(0) };

function throughGate(
  positions: Positions,
  target: Target,
  opinion: Opinion,
): { readonly target: Target; readonly gateShare: number } {
  switch (target.kind) {
    case "hold":
      return { target, gateShare: Number.NaN };
    case "spread": {
      const side = target.side === "long" ? 1 : target.side === "short" ? -1 : 0;
      const gateShare = askOnce(positions, 0, side, opinion);
      const share = positions.shares[0]!;
      const isHeld = side !== 0 && share > 0;
      return { target: isHeld ? { ...target, size: target.size * share } : FLAT_SPREAD, gateShare };
    }
    case "weights": {
      const weights = target.weights.slice();
      let gateShare = Number.NaN;
      for (let i = 0; i < weights.length; i++) {
        if (Number.isNaN(weights[i])) continue;
        const granted = askOnce(positions, i, Math.sign(weights[i]!), opinion);
        if (!(granted >= gateShare)) gateShare = Number.isNaN(granted) ? gateShare : granted;
        weights[i] = weights[i]! * positions.shares[i]!;
      }
      return { target: { ...target, weights }, gateShare };
    }
  }
}

/** The share granted to a new direction, kept for as long as it is wanted; NaN where nothing is asked. */
function askOnce(
  { sides, shares }: Positions,
  position: number,
  side: number,
  opinion: Opinion,
): number {
  if (side === sides[position]) return Number.NaN;
  sides[position] = side;
  const share = (side > 0 ? opinion.long[position] : opinion.short[position]) ?? 0;
  shares[position] = side !== 0 && share > 0 ? Math.min(share, 1) : 0;
  return side === 0 ? Number.NaN : shares[position]!;
}
