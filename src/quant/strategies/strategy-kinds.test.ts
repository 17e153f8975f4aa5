// What every strategy must keep, whatever its kind.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { defaultConfig } from "./parameter-values.ts";
import { stateToJson } from "./state-json.ts";
import type { BarColumn, BarEvent } from "./strategy.ts";
import { cointegratedCloses, formationOf } from "./strategy-bars.test-support.ts";
import { openStrategyOfKind, STRATEGIES, type StrategyKind } from "./strategy-kinds.ts";
import type { ParameterValue, StrategyParameter } from "./strategy-parameters.ts";
import type { OpenStrategy, StrategyRun } from "./strategy-run.ts";

type Values = Readonly<Record<string, ParameterValue>>;

const KINDS: readonly { readonly kind: StrategyKind; readonly short: Values }[] = [
  { kind: "z-score-reversion", short: { zScoreWindowBars: 8, entryZScore: 1, stopZScore: 2 } },
  { kind: "bollinger-spread", short: { windowBars: 8, bandDeviations: 1, holdingMaxBars: 6 } },
  { kind: "traditional-sigma", short: {} },
  { kind: "rlrt", short: { trendBars: 4 } },
  { kind: "ou-thresholds", short: { stopDeviations: 2 } },
  {
    kind: "momentum-ranking",
    short: {
      indexTrendBars: 6,
      scoreBars: 6,
      trendBars: 6,
      atrBars: 3,
      jumpMax: 0.5,
      topShare: 0.7,
      updateEvery: "day",
      rebalanceEvery: "week",
    },
  },
  {
    kind: "indicator-vote",
    short: {
      smaFastBars: 2,
      smaSlowBars: 4,
      macdFastBars: 2,
      macdSlowBars: 4,
      macdSignalBars: 2,
      rsiBars: 3,
      bollingerBars: 4,
      bollingerDeviations: 1,
      sides: "both",
    },
  },
];

/** Choices and switches are drawn from all there are; rules may refuse what comes out. */
function valuesOf(kind: StrategyKind, short: Values): fc.Arbitrary<Values> {
  const fields: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  const drawn = fields.flatMap(([name, field]): [string, fc.Arbitrary<ParameterValue>][] => {
    if (field.kind === "choice") return [[name, fc.constantFrom(...Object.keys(field.choices))]];
    if (field.kind === "boolean") return [[name, fc.boolean()]];
    if (name === "hedgeWindowBars") return [[name, fc.integer({ min: 10, max: 20 })]];
    return field.optional ? [[name, fc.constantFrom(short[name] ?? field.default, null)]] : [];
  });
  const usual = { ...openableDefaults(kind), ...short };
  return fc
    .record(Object.fromEntries(drawn))
    .map((values) => ({ ...usual, ...values }))
    .filter((values) => openStrategyOfKind(kind, values).kind === "valid");
}

function openableDefaults(kind: StrategyKind): Values {
  const fields: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  return Object.fromEntries(fields.map(([name, field]) => [name, field.default]));
}

/** Bars of prices that wander, some of them missing. */
function wanderingEvents(seed: number, bars: number, instruments: number): readonly BarEvent[] {
  const random = createRandom(seed);
  const pair = cointegratedCloses(seed, bars);
  const walks = new Float64Array(instruments).fill(4);
  return Array.from({ length: bars }, (_, bar) => {
    const column = (): Float64Array => new Float64Array(instruments).fill(Number.NaN);
    const event = {
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      volume: column(),
    };
    for (let i = 0; i < instruments; i++) {
      walks[i] = walks[i]! + 0.03 * random.gaussian() + 0.005;
      if (random.uniform() < 0.05) continue;
      const close = pair[i]?.[bar] ?? Math.exp(walks[i]!);
      event.close[i] = close;
      event.open[i] = close * (1 + 0.001 * random.gaussian());
      event.high[i] = Math.max(close, event.open[i]!) * 1.002;
      event.low[i] = Math.min(close, event.open[i]!) * 0.998;
      event.volume[i] = 1000 * random.uniform();
    }
    return { bar, openTimeMs: Date.UTC(2024, 0, 1) + bar * 86_400_000, ...event };
  });
}

function opened(kind: StrategyKind, values: Values): OpenStrategy {
  const opening = openStrategyOfKind(kind, values);
  if (opening.kind === "refused") throw new Error(JSON.stringify(opening.issues));
  return opening.open;
}

function instrumentsOf(open: OpenStrategy): number {
  return Math.min(4, open.instruments.max);
}

function started(open: OpenStrategy, seed: number): StrategyRun {
  const outcome = open.start(formationOf(cointegratedCloses(seed, 200)), instrumentsOf(open));
  if (outcome.kind === "refused") throw new Error(outcome.message);
  return outcome.fit;
}

function stepsOf(run: StrategyRun, events: readonly BarEvent[]): readonly string[] {
  return events.map((event) => stateToJson(run.step(event)));
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const BARS = 120;

describe.each(KINDS)("$kind", ({ kind, short }) => {
  const strategy = STRATEGIES[kind];
  const runs = fc.record({ values: valuesOf(kind, short), seed: seeds });

  test("is kept under its own name", () => {
    expect(strategy.kind).toBe(kind);
  });

  test("has valid defaults, each within its range", () => {
    const values = openableDefaults(kind);
    expect(openStrategyOfKind(kind, values).kind).toBe("valid");
    for (const field of Object.values<StrategyParameter>(strategy.parameters)) {
      expect(field.help).toMatch(/^[A-Z].*\.$/);
      expect(field.label).not.toMatch(/\.$/);
      if (field.kind === "number" || field.kind === "integer") {
        expect(field.min).toBeLessThan(field.max);
        expect(field.step).toBeGreaterThan(0);
      }
    }
  });

  test("names its rules after its fields", () => {
    for (const { field } of strategy.rules)
      expect(Object.keys(strategy.parameters)).toContain(field);
  });

  test("trades, and names every figure that it gives", () => {
    const open = opened(kind, { ...openableDefaults(kind), ...short });
    const run = started(open, 5);
    const reasons = new Set<string>();
    for (const event of wanderingEvents(5, 300, instrumentsOf(open))) {
      const step = run.step(event);
      expect(Object.keys(step.figures).sort()).toEqual(Object.keys(open.figures).sort());
      if (step.reason !== null) reasons.add(step.reason);
    }
    expect([...reasons]).toEqual(expect.arrayContaining(["entry"]));
    expect(reasons.size).toBeGreaterThan(kind === "ou-thresholds" ? 0 : 1);
  });

  test("cutting off the future changes nothing before the cut", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: BARS }), ({ values, seed }, cut) => {
        const open = opened(kind, values);
        const events = wanderingEvents(seed, BARS, instrumentsOf(open));
        const other = wanderingEvents(seed + 1, BARS, instrumentsOf(open));
        const whole = stepsOf(started(open, 5), events);
        const replaced = [...events.slice(0, cut), ...other.slice(cut)];
        expect(stepsOf(started(open, 5), replaced).slice(0, cut)).toEqual(whole.slice(0, cut));
      }),
      { numRuns: 30 },
    );
  });

  test("goes on after a restart as if there had been none", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: BARS }), ({ values, seed }, cut) => {
        const open = opened(kind, values);
        const events = wanderingEvents(seed, BARS, instrumentsOf(open));
        const whole = stepsOf(started(open, 5), events);
        const before = started(open, 5);
        stepsOf(before, events.slice(0, cut));
        const after = open.resume(before.snapshot());
        expect(stepsOf(after, events.slice(cut))).toEqual(whole.slice(cut));
      }),
      { numRuns: 20 },
    );
  });

  test("wants nothing before it is warm", () => {
    fc.assert(
      fc.property(runs, ({ values, seed }) => {
        const open = opened(kind, values);
        const run = started(open, 5);
        const events = wanderingEvents(seed, BARS, instrumentsOf(open));
        for (const event of events.slice(0, open.warmUpBars)) {
          const { target } = run.step(event);
          const isNothing =
            target.kind === "hold" || (target.kind === "spread" && target.side === "flat");
          expect(isNothing).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("keeps nothing of the arrays it is shown, and never changes what it has answered", () => {
    const open = opened(kind, { ...openableDefaults(kind), ...short });
    const events = wanderingEvents(9, BARS, instrumentsOf(open));
    const expected = stepsOf(started(open, 5), events);
    const run = started(open, 5);
    const room = wanderingEvents(1, 1, instrumentsOf(open))[0]!;
    const answers = events.map((event) => {
      for (const name of COLUMNS) room[name].set(event[name]);
      return run.step({ ...room, bar: event.bar, openTimeMs: event.openTimeMs });
    });
    expect(answers.map(stateToJson)).toEqual(expected);
  });

  test("looks at no column that it does not name", () => {
    const open = opened(kind, { ...openableDefaults(kind), ...short });
    const events = wanderingEvents(9, BARS, instrumentsOf(open));
    const blanked = events.map((event) => {
      const columns = COLUMNS.map((name) => [
        name,
        strategy.reads.includes(name) ? event[name] : event[name].map(() => 1e9),
      ]);
      return { ...event, ...Object.fromEntries(columns) };
    });
    expect(stepsOf(started(open, 5), blanked)).toEqual(stepsOf(started(open, 5), events));
  });

  test("lives through bars on which everything is missing", () => {
    const open = opened(kind, { ...openableDefaults(kind), ...short });
    const events = wanderingEvents(9, 60, instrumentsOf(open));
    const gap = events[0]!.close.map(() => Number.NaN);
    const run = started(open, 5);
    for (const event of events) {
      const isGap = event.bar >= 30 && event.bar < 45;
      const { target } = run.step(isGap ? { ...event, close: gap, high: gap, low: gap } : event);
      if (target.kind === "spread") expect(Number.isFinite(target.hedgeRatio)).toBe(true);
      if (target.kind === "weights" && isGap) expect([...target.weights]).not.toContain(1);
    }
  });
});

const COLUMNS: readonly BarColumn[] = ["open", "high", "low", "close", "volume"];

test("defaults are configurations of their strategy", () => {
  expect(defaultConfig(STRATEGIES.rlrt)).toEqual({
    trendBars: 10,
    rSquaredMin: 0.6,
    bandDeviations: 1,
    isHedged: true,
  });
});
