// Bar by bar the strategies come to the published figures that look at no later bar. The data is not part of
// the project; without it the tests are skipped.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  HAS_REAL_PRICES,
  readTable,
  sayWhatIsSkipped,
} from "../cointegration/real-prices.test-support.ts";
import { type PairExecution, PUBLISHED_BUDGET, pairLedger } from "../published/pair-ledger.ts";
import { defaultConfig } from "./parameter-values.ts";
import { rlrtStrategy } from "./rlrt-strategy.ts";
import type { Strategy } from "./strategy.ts";
import { type Closes, formationOf, sidesOf, stepsOver } from "./strategy-bars.test-support.ts";
import { traditionalStrategy } from "./traditional-strategy.ts";

const GOLDEN = "../golden/thesis";
const isAbsent = !(
  HAS_REAL_PRICES && existsSync(new URL(`../../../../shared/data/${GOLDEN}`, import.meta.url))
);

type Row = ReadonlyMap<string, string>;

function readColumns(name: string): ReadonlyMap<string, readonly number[]> {
  const [header = [], ...rows] = isAbsent ? [] : readTable(`equities/${name}.csv.gz`);
  return new Map(
    header.map((symbol, j) => [symbol, rows.map((row) => Number(row[j]?.trim() || Number.NaN))]),
  );
}

function readRows(name: string): readonly Row[] {
  const [header = [], ...rows] = isAbsent ? [] : readTable(`${GOLDEN}/${name}.csv`);
  return rows.map((row) => new Map(header.map((column, j) => [column, row[j] ?? ""])));
}

const formationPeriod = readColumns("thesis-etf-close-2019-2022");
const tradingPeriod = readColumns("thesis-etf-close-2023");

/** Leg Y first; the tables name leg X first. */
function legsOf(period: ReadonlyMap<string, readonly number[]>, pair: string): Closes {
  const [x = "", y = ""] = pair.split(/\/| and /);
  return [period.get(y) ?? [], period.get(x) ?? []];
}

/** What the strategy's sides of 2023 earned, each so many bars after the close that it was decided at. */
function totalReturn<Config, Fit, State>(
  strategy: Strategy<Config, Fit, State>,
  pair: string,
  execution: PairExecution & { readonly delayBars: number },
): number {
  const config = defaultConfig(strategy);
  const outcome = strategy.fit(config, formationOf(legsOf(formationPeriod, pair)));
  if (outcome.kind === "refused") throw new Error(outcome.message);
  const closes = legsOf(tradingPeriod, pair);
  const sides = sidesOf(stepsOver(strategy, config, outcome.fit, closes));
  const [y = [], x = []] = closes;
  const position = Float64Array.from(y, (_, i) => {
    const side = sides[i - execution.delayBars];
    return side === "L" ? 1 : side === "S" ? -1 : 0;
  });
  const legs = { openTimeMs: position, y: Float64Array.from(y), x: Float64Array.from(x) };
  return (pairLedger(legs, position, execution).budget.at(-1) ?? 0) / PUBLISHED_BUDGET - 1;
}

function frozenSlope(pair: string): number {
  const outcome = rlrtStrategy.fit(
    defaultConfig(rlrtStrategy),
    formationOf(legsOf(formationPeriod, pair)),
  );
  return outcome.kind === "fitted" ? outcome.fit.hedgeRatio : Number.NaN;
}

sayWhatIsSkipped();

describe.skipIf(isAbsent)("2023, 19 pairs each", () => {
  const variants = readRows("rlrt-honest-variants");
  const traditional = readRows("published-traditional-results");

  test("the tables have all their rows", () => {
    expect([variants.length, traditional.length]).toEqual([19, 19]);
  });

  test.each(variants.map((row) => ({ pair: row.get("pair") ?? "", row })))(
    "rlrtStrategy earns the honest variants' returns on $pair",
    ({ pair, row }) => {
      const equal = { hedgeSlope: null, costPerLeg: 0, delayBars: 1 };
      const hedged = { ...equal, hedgeSlope: frozenSlope(pair) };
      const earned = {
        lag1: totalReturn(rlrtStrategy, pair, equal),
        hedged: totalReturn(rlrtStrategy, pair, hedged),
        hedged_5bp: totalReturn(rlrtStrategy, pair, { ...hedged, costPerLeg: 0.0005 }),
      };
      for (const [column, value] of Object.entries(earned)) {
        expect(value, column).toBeCloseTo(Number(row.get(column)), 10);
      }
    },
  );

  test.each(traditional.map((row) => ({ pair: row.get("Name") ?? "", row })))(
    "traditionalStrategy earns the published return on $pair",
    ({ pair, row }) => {
      const execution = { hedgeSlope: null, costPerLeg: 0, delayBars: 0 };
      const earned = totalReturn(traditionalStrategy, pair, execution);
      expect(earned).toBeCloseTo(Number(row.get("Total Return")), 10);
    },
  );
});
