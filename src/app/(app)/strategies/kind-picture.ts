import type { BarColumns, Target } from "#quant/strategies/strategy.ts";
import { openStrategyOfKind, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue } from "#quant/strategies/strategy-parameters.ts";
import type { StrategyRun } from "#quant/strategies/strategy-run.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { parametersOf } from "./parameter-groups.ts";

/** What a line of a picture is: what is judged, its bands, prices, and prices while they are held. */
export type PictureTone = "figure" | "band" | "price" | "held";

export type PictureMarker = {
  readonly bar: number;
  readonly value: number;
  readonly kind: "long" | "short" | "exit";
};

/** What a strategy does on a made-up market: lines over the same bars, NaN where there is nothing. */
export type KindPicture = {
  readonly lines: readonly { readonly tone: PictureTone; readonly values: Float64Array }[];
  readonly markers: readonly PictureMarker[];
};

const FORMATION_BARS = 260;
const DRAWN_BARS = 130;
const DAY_MS = 86_400_000;
/** Chosen so that every kind has something to show; another seed would do as well. */
const SEED = 11;

/** Windows short enough for a small picture; everything else is the kind's default. */
const SETTINGS: Readonly<Record<StrategyKind, Readonly<Record<string, ParameterValue>>>> = {
  "z-score-reversion": { zScoreWindowBars: 40, exitZScore: 0, stopZScore: null },
  "bollinger-spread": { windowBars: 30, bandDeviations: 1.75 },
  "traditional-sigma": {},
  rlrt: { trendBars: 8 },
  "ou-thresholds": { sides: "long-only", roundTripCostBps: 10 },
  "momentum-ranking": {
    indexTrendBars: 20,
    scoreBars: 20,
    trendBars: 15,
    topShare: 0.34,
    riskShare: 0.008,
    atrBars: 10,
  },
  "indicator-vote": { smaFastBars: 8, smaSlowBars: 20, usesBollinger: false },
};

/** Which figure is drawn, and its bands; a number is a level at both sides of zero. */
const DRAWN: Partial<
  Readonly<
    Record<StrategyKind, { readonly figure: string; readonly bands: readonly (string | number)[] }>
  >
> = {
  "z-score-reversion": { figure: "zScore", bands: [2, 0] },
  "bollinger-spread": { figure: "spread", bands: ["upper", "middle", "lower"] },
  "traditional-sigma": { figure: "spread", bands: ["upper", "lower"] },
  rlrt: { figure: "spread", bands: ["upper", "lower"] },
  "ou-thresholds": { figure: "spread", bands: ["upper", "mean", "lower"] },
};

/** The picture of a kind: its own steps on prices that a seed made. */
export function kindPicture(kind: StrategyKind): KindPicture {
  const defaults = parametersOf(kind).map(({ name, parameter }) => [name, parameter.default]);
  const opening = openStrategyOfKind(kind, { ...Object.fromEntries(defaults), ...SETTINGS[kind] });
  if (opening.kind === "refused") throw new Error(`Invariant: ${kind} opens for its picture`);
  const drawn = DRAWN[kind];
  const market = drawn === undefined ? marketOf(kind === "momentum-ranking" ? 4 : 1) : pairOf();
  const formation = market.map((columns) => slice(columns, 0, FORMATION_BARS));
  const started = opening.open.start(
    {
      openTimeMs: Float64Array.from({ length: FORMATION_BARS }, (_, i) => i * DAY_MS),
      instruments: formation,
    },
    market.length,
  );
  if (started.kind === "refused") throw new Error(`Invariant: ${kind} learns for its picture`);
  return drawn === undefined
    ? weightsPicture(started.fit, market)
    : spreadPicture(started.fit, market, drawn);
}

/** Steps a run over bars and hands each step on, with the number of the bar drawn. */
function run(
  strategy: StrategyRun,
  market: readonly BarColumns[],
  startBar: number,
  onStep: (place: number, step: ReturnType<StrategyRun["step"]>) => void,
): void {
  const bars = FORMATION_BARS + DRAWN_BARS;
  for (let bar = startBar; bar < bars; bar++) {
    const at = (column: keyof BarColumns) =>
      Float64Array.from(market, (columns) => columns[column][bar] ?? Number.NaN);
    const step = strategy.step({
      bar: bar - startBar,
      openTimeMs: bar * DAY_MS,
      open: at("open"),
      high: at("high"),
      low: at("low"),
      close: at("close"),
      volume: at("volume"),
    });
    onStep(bar - FORMATION_BARS, step);
  }
}

function empty(): Float64Array {
  return new Float64Array(DRAWN_BARS).fill(Number.NaN);
}

function spreadPicture(
  strategy: StrategyRun,
  market: readonly BarColumns[],
  { figure, bands }: { readonly figure: string; readonly bands: readonly (string | number)[] },
): KindPicture {
  const values = empty();
  const named = bands.filter((band) => typeof band === "string");
  const bandLines = new Map(named.map((band) => [band, empty()]));
  const markers: PictureMarker[] = [];
  let side: string = "flat";
  // The bars of the formation are walked too, so that windows are full when the picture begins.
  run(strategy, market, 0, (place, { figures, target }) => {
    const next = target.kind === "spread" ? target.side : side;
    const hasTurned = next !== side;
    side = next;
    if (place < 0) return;
    values[place] = figures[figure] ?? Number.NaN;
    for (const [band, line] of bandLines) line[place] = figures[band] ?? Number.NaN;
    if (hasTurned) markers.push({ bar: place, value: values[place] ?? 0, kind: markerKind(next) });
  });
  const levels = bands
    .filter((band) => typeof band === "number")
    .flatMap((level) => (level === 0 ? [0] : [level, -level]));
  return {
    lines: [
      ...[...bandLines.values()].map((line) => ({ tone: "band" as const, values: line })),
      ...levels.map((level) => ({
        tone: "band" as const,
        values: new Float64Array(DRAWN_BARS).fill(level),
      })),
      { tone: "figure", values },
    ],
    markers,
  };
}

function markerKind(side: string): PictureMarker["kind"] {
  if (side === "long" || side === "short") return side;
  return "exit";
}

/** Prices from 1, drawn strongly while they are held. */
function weightsPicture(strategy: StrategyRun, market: readonly BarColumns[]): KindPicture {
  const bases = market.map((columns) => columns.close[FORMATION_BARS] ?? 1);
  const prices = market.map(({ close }, i) =>
    close.slice(FORMATION_BARS).map((price) => price / (bases[i] ?? 1)),
  );
  const held = market.map(empty);
  const weights = new Float64Array(market.length);
  const markers: PictureMarker[] = [];
  run(strategy, market, 0, (place, { target }) => {
    const before = [...weights];
    follow(weights, target);
    if (place < 0) return;
    weights.forEach((weight, i) => {
      const value = prices[i]?.[place] ?? Number.NaN;
      const line = held[i];
      const wasHeld = (before[i] ?? 0) !== 0;
      // The bar of the exit is drawn too: the line is held up to its close.
      if (line !== undefined && (weight !== 0 || wasHeld)) line[place] = value;
      if ((weight !== 0) !== wasHeld) {
        markers.push({ bar: place, value, kind: weight === 0 ? "exit" : "long" });
      }
    });
  });
  return {
    lines: [
      ...prices.map((values) => ({ tone: "price" as const, values })),
      ...held.map((values) => ({ tone: "held" as const, values })),
    ],
    markers,
  };
}

function follow(weights: Float64Array, target: Target): void {
  if (target.kind !== "weights") return;
  target.weights.forEach((weight, i) => {
    if (!Number.isNaN(weight)) weights[i] = weight;
  });
}

/** Two prices of which one follows the other, with a deviation that dies away. */
function pairOf(): BarColumns[] {
  const random = createRandom(SEED);
  const bars = FORMATION_BARS + DRAWN_BARS;
  const y = new Float64Array(bars);
  const x = new Float64Array(bars);
  let common = Math.log(100);
  let deviation = 0;
  for (let bar = 0; bar < bars; bar++) {
    common += 0.006 * random.gaussian();
    deviation = 0.85 * deviation + 0.01 * random.gaussian();
    x[bar] = Math.exp(common);
    y[bar] = Math.exp(common + deviation);
  }
  return [columnsOf(y), columnsOf(x)];
}

/** An index and some instruments that follow it, each with waves of its own. */
function marketOf(count: number): BarColumns[] {
  const random = createRandom(SEED);
  const bars = FORMATION_BARS + DRAWN_BARS;
  return Array.from({ length: count }, (_, instrument) => {
    const close = new Float64Array(bars);
    let noise = 0;
    for (let bar = 0; bar < bars; bar++) {
      noise += 0.006 * random.gaussian();
      const wave = Math.sin((bar * 2 * Math.PI) / (58 + 13 * instrument) + 1.7 * instrument);
      close[bar] =
        100 * Math.exp(0.0012 * bar + (instrument === 0 && count > 1 ? 0.02 : 0.1) * wave + noise);
    }
    return columnsOf(close);
  });
}

function columnsOf(close: Float64Array): BarColumns {
  return {
    open: close,
    high: close.map((price) => price * 1.008),
    low: close.map((price) => price * 0.992),
    close,
    volume: close.map(() => 1),
  };
}

function slice(columns: BarColumns, from: number, to: number): BarColumns {
  const { open, high, low, close, volume } = columns;
  return {
    open: open.slice(from, to),
    high: high.slice(from, to),
    low: low.slice(from, to),
    close: close.slice(from, to),
    volume: volume.slice(from, to),
  };
}
