import type {
  BarColumn,
  BarEvent,
  FitOutcome,
  FormationBars,
  Strategy,
  Target,
} from "./strategy.ts";
import { FLAT_SPREAD } from "./targets.ts";

/**
 * A gate: what approves or sizes the entries of a strategy, such as a trained model. It sees the same
 * closed bars, is pure, and its state is plain data that a step may use up, as that of a strategy.
 *
 * A spread is one position, at index 0; of weights each instrument is one.
 */
export type Gate<GateFit, GateState> = {
  readonly label: string;
  /** The columns that `fit` and `see` look at. */
  readonly reads: readonly BarColumn[];
  /** How many formation bars `fit` needs at least; 0: it learns nothing beforehand. */
  readonly formationBarsMin: number;
  /** Before so many bars it has no opinion, which is no approval. */
  readonly warmUpBars: number;
  readonly fit: (formation: FormationBars) => FitOutcome<GateFit>;
  readonly start: (fit: GateFit, instrumentCount: number) => GateState;
  /** Takes in a closed bar. */
  readonly see: (state: GateState, event: BarEvent) => GateState;
  /**
   * Share in [0, 1] of the usual size that it grants to entering a position after the bar that it saw last; 0 is
   * no. Asked only when an entry is wanted; `hedgeRatio` is that of a spread, 0 of weights.
   */
  readonly grant: (state: GateState, position: number, side: 1 | -1, hedgeRatio: number) => number;
};

/** What both learned. */
export type GatedFit<Fit, GateFit> = { readonly inner: Fit; readonly gate: GateFit };

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
export function gatedStrategy<Config, Fit, State, GateFit, GateState>(
  inner: Strategy<Config, Fit, State>,
  gate: Gate<GateFit, GateState>,
): Strategy<Config, GatedFit<Fit, GateFit>, GatedState<State, GateState>> {
  return {
    ...inner,
    kind: `gated-${inner.kind}`,
    label: `${inner.label}, gated by ${gate.label}`,
    figures: { ...inner.figures, gateShare: { label: "Granted share", axis: "fraction" } },
    reads: [...new Set([...inner.reads, ...gate.reads])],
    formationBarsMin: (config) => Math.max(inner.formationBarsMin(config), gate.formationBarsMin),
    warmUpBars: (config) => Math.max(inner.warmUpBars(config), gate.warmUpBars),
    fit: (config, formation) => {
      const learned = inner.fit(config, formation);
      if (learned.kind === "refused") return learned;
      const opinion = gate.fit(formation);
      if (opinion.kind === "refused") return opinion;
      return { kind: "fitted", fit: { inner: learned.fit, gate: opinion.fit } };
    },
    start: (config, fit, instrumentCount) => ({
      inner: inner.start(config, fit.inner, instrumentCount),
      gate: gate.start(fit.gate, instrumentCount),
      sides: new Float64Array(instrumentCount),
      shares: new Float64Array(instrumentCount),
    }),
    step: (config, state, event) => {
      const wanted = inner.step(config, state.inner, event);
      state.inner = wanted.state;
      state.gate = gate.see(state.gate, event);
      const { target: asked } = wanted;
      const hedgeRatio = asked.kind === "spread" ? asked.hedgeRatio : 0;
      const grant: Grant = (position, side) =>
        event.bar < gate.warmUpBars ? 0 : gate.grant(state.gate, position, side, hedgeRatio);
      const { target, gateShare } = throughGate(state, asked, grant);
      return {
        state,
        target,
        figures: { ...wanted.figures, gateShare },
        reason: wanted.reason === "entry" && gateShare === 0 ? "gate" : wanted.reason,
      };
    },
  };
}

type Grant = (position: number, side: 1 | -1) => number;
type Positions = Pick<GatedState<unknown, unknown>, "sides" | "shares">;

function throughGate(
  positions: Positions,
  target: Target,
  grant: Grant,
): { readonly target: Target; readonly gateShare: number } {
  switch (target.kind) {
    case "hold":
      return { target, gateShare: Number.NaN };
    case "spread": {
      const side = target.side === "long" ? 1 : target.side === "short" ? -1 : 0;
      const gateShare = askOnce(positions, 0, side, grant);
      const share = positions.shares[0]!;
      const isHeld = side !== 0 && share > 0;
      return { target: isHeld ? { ...target, size: target.size * share } : FLAT_SPREAD, gateShare };
    }
    case "weights": {
      const weights = target.weights.slice();
      let gateShare = Number.NaN;
      for (let i = 0; i < weights.length; i++) {
        if (Number.isNaN(weights[i])) continue;
        const granted = askOnce(positions, i, Math.sign(weights[i]!), grant);
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
  grant: Grant,
): number {
  if (side === sides[position]) return Number.NaN;
  sides[position] = side;
  if (side === 0) {
    shares[position] = 0;
    return Number.NaN;
  }
  const share = grant(position, side > 0 ? 1 : -1);
  shares[position] = share > 0 ? Math.min(share, 1) : 0;
  return shares[position]!;
}
