import { rollingZScore } from "#quant/stats/rolling-z-score.ts";
import {
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionConfig,
} from "#quant/strategies/z-score-reversion.ts";

const BAR_COUNT = 260;
const WINDOW_BARS = 40;
/** Any seed will do; with this one the two lines end apart, so that their names do not overlap. */
const SEED = 136;

export const LANDING_THRESHOLDS = {
  entryZScore: 2,
  exitZScore: 0,
  stopZScore: null,
  holdingMaxBars: null,
} as const satisfies ZScoreReversionConfig;

export type LandingMarker = { readonly bar: number; readonly kind: "long" | "short" | "exit" };

export type LandingFigureData = {
  readonly pricesY: Float64Array;
  readonly pricesX: Float64Array;
  readonly zScore: Float64Array;
  readonly markers: readonly LandingMarker[];
};

/** Two synthetic prices that share a random walk, and what the strategy itself does on their spread. */
export function landingFigureData(): LandingFigureData {
  const normal = createNormal(SEED);
  const pricesY = new Float64Array(BAR_COUNT);
  const pricesX = new Float64Array(BAR_COUNT);
  const spread = new Float64Array(BAR_COUNT);
  let common = 0;
  let deviation = 0;
  for (let bar = 0; bar < BAR_COUNT; bar++) {
    common += 0.012 * normal();
    deviation = 0.88 * deviation + 0.014 * normal();
    pricesX[bar] = Math.exp(common);
    pricesY[bar] = Math.exp(common + deviation);
    spread[bar] = deviation;
  }
  const zScore = rollingZScore(spread, WINDOW_BARS);
  return { pricesY, pricesX, zScore, markers: markersOf(zScore) };
}

function markersOf(zScore: Float64Array): LandingMarker[] {
  const markers: LandingMarker[] = [];
  let state = ZSCORE_REVERSION_START;
  zScore.forEach((value, bar) => {
    const before = state.signal;
    state = stepZScoreReversion(LANDING_THRESHOLDS, state, { zScore: value }).state;
    if (state.signal === before) return;
    markers.push({ bar, kind: state.signal === "flat" ? "exit" : state.signal });
  });
  return markers;
}

/** Standard normal numbers from a seed: mulberry32 through the Box–Muller transform. */
function createNormal(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
