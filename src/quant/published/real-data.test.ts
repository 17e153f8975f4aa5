// The published strategies on the prices that they were published with. The data is not part of the
// project; without it the tests are skipped.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  HAS_REAL_PRICES,
  readTable,
  sayWhatIsSkipped,
} from "../cointegration/real-prices.test-support.ts";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import type { PairCloses } from "./pair-closes.ts";
import { publishedRlrt } from "./published-rlrt.ts";
import { publishedTraditional } from "./published-traditional.ts";
import { rlrtVariants } from "./rlrt-variants.ts";
import { traditionalSelection } from "./traditional-selection.ts";

const GOLDEN = "../golden/thesis";
const isAbsent = !(
  HAS_REAL_PRICES && existsSync(new URL(`../../../../shared/data/${GOLDEN}`, import.meta.url))
);

/** Ours and theirs are the same formulas in another order of additions. */
const TOLERANCE = { rtol: 1e-10, atol: 1e-12 };
/** p-values pass through regressions of collinear differences. */
const P_VALUE_TOLERANCE = { rtol: 0, atol: 1e-10 };

type Period = {
  readonly openTimeMs: Float64Array;
  readonly closes: ReadonlyMap<string, Float64Array>;
};

/** Columns without a missing value, in the order of the file. */
function readPeriod(name: string): Period {
  const [header = [], ...rows] = isAbsent ? [] : readTable(`equities/${name}.csv.gz`);
  const columns = header
    .slice(1)
    .map((symbol, j): [string, Float64Array] => [
      symbol,
      Float64Array.from(rows, (row) => Number(row[j + 1]?.trim() || Number.NaN)),
    ]);
  return {
    openTimeMs: Float64Array.from(rows, ([date = ""]) => Date.parse(date)),
    closes: new Map(columns.filter(([, closes]) => !closes.some(Number.isNaN))),
  };
}

function readGolden(name: string): readonly ReadonlyMap<string, string>[] {
  const [header = [], ...rows] = isAbsent ? [] : readTable(`${GOLDEN}/${name}.csv`);
  return rows.map((row) => new Map(header.map((column, j) => [column, row[j] ?? ""])));
}

const formationPeriod = readPeriod("thesis-etf-close-2019-2022");
const tradingPeriod = readPeriod("thesis-etf-close-2023");
const rlrtRows = readGolden("published-rlrt-results");
const traditionalRows = readGolden("published-traditional-results");
const variantRows = readGolden("rlrt-honest-variants");

function closesOf({ openTimeMs, closes }: Period, x: string, y: string): PairCloses {
  const [closesX, closesY] = [closes.get(x), closes.get(y)];
  if (closesX === undefined || closesY === undefined) throw new Error(`no closes of ${x} and ${y}`);
  return { openTimeMs, y: closesY, x: closesX };
}

function periodsOf(x: string, y: string) {
  return { formation: closesOf(formationPeriod, x, y), trading: closesOf(tradingPeriod, x, y) };
}

/** Compares values by the names of their columns. */
function expectRow(
  row: ReadonlyMap<string, string>,
  actual: Readonly<Record<string, number | null>>,
  tolerance = TOLERANCE,
): void {
  for (const [column, value] of Object.entries(actual)) {
    const expected = row.get(column);
    if (expected === undefined) throw new Error(`no column ${column}`);
    // A cell without a number says that there is none.
    if (expected === "") expect(value, column).toBeNull();
    else expectWithin(column, value ?? Number.NaN, Number(expected), tolerance);
  }
}

sayWhatIsSkipped();

describe.skipIf(isAbsent)("the published strategies on 19 pairs each", () => {
  test("the tables have all their rows, the prices all their days", () => {
    expect([rlrtRows.length, traditionalRows.length, variantRows.length]).toEqual([19, 19, 19]);
    expect([formationPeriod.openTimeMs.length, tradingPeriod.openTimeMs.length]).toEqual([
      918, 250,
    ]);
    expect(formationPeriod.closes.size).toBe(214);
  });

  test.each(rlrtRows.map((row) => ({ name: row.get("Name") ?? "", row })))(
    "publishedRlrt has the published figures of $name",
    ({ name, row }) => {
      const [x = "", y = ""] = name.split(" and ");
      const { figures, tableAccuracy } = publishedRlrt(closesOf(tradingPeriod, x, y));
      expectRow(row, {
        "RLTR Trend Accuracy": 100 * (tableAccuracy.share ?? Number.NaN),
        "RLTR Total Return": figures.totalReturn,
        "RLTR Annualized Return": figures.annualisedReturn,
        "RLTR Maximum Drawdown": -figures.drawdownMax,
        "RLTR Sharpe Ratio": figures.sharpeRatio,
      });
    },
  );

  test("traditionalSelection chooses the published pairs in their order", () => {
    const symbols = [...formationPeriod.closes.keys()];
    const pairs = traditionalSelection([...formationPeriod.closes.values()]);
    expect(pairs.map(({ first, second }) => `${symbols[first]} and ${symbols[second]}`)).toEqual(
      traditionalRows.map((row) => row.get("Name")),
    );
  });

  test.each(traditionalRows.map((row) => ({ name: row.get("Name") ?? "", row })))(
    "publishedTraditional has the published figures of $name",
    ({ name, row }) => {
      const [x = "", y = ""] = name.split(" and ");
      const { figures } = publishedTraditional(periodsOf(x, y));
      expectRow(row, {
        "Total Return": figures.totalReturn,
        "Annualized Return": figures.annualisedReturn,
        "Sharpe Ratio": figures.sharpeRatio,
        "Maximum Drawdown": -figures.drawdownMax,
      });
    },
  );

  test.each(variantRows.map((row) => ({ name: row.get("pair") ?? "", row })))(
    "rlrtVariants has every column of $name",
    ({ name, row }) => {
      const [x = "", y = ""] = name.split("/");
      const { runs, inSample, accuracyAgainstLast, engleGrangerPValue } = rlrtVariants(
        periodsOf(x, y),
      );
      const actual = {
        thr: inSample.threshold.rSquaredMin,
        acc: inSample.threshold.share,
        n: inSample.threshold.trendCount,
        acc_vs_last: accuracyAgainstLast.share,
        published_return: runs.published.figures.totalReturn,
        published_sharpe: runs.published.figures.sharpeRatio,
        published_drawdown: -runs.published.figures.drawdownMax,
        trn: runs.published.positionChanges,
        published_5bp: runs["published-costs"].figures.totalReturn,
        published5_sh: runs["published-costs"].figures.sharpeRatio,
        train_beta: runs["frozen-line"].figures.totalReturn,
        lag1: runs.delayed.figures.totalReturn,
        lag1_sh: runs.delayed.figures.sharpeRatio,
        hedged: runs.hedged.figures.totalReturn,
        hedged_sh: runs.hedged.figures.sharpeRatio,
        hedged_5bp: runs["hedged-costs"].figures.totalReturn,
        h5_sh: runs["hedged-costs"].figures.sharpeRatio,
      };
      const pValues = {
        EG_train_p: engleGrangerPValue.formation,
        EG_test_p: engleGrangerPValue.trading,
      };
      expect(new Set(["idx", "pair", ...Object.keys(actual), ...Object.keys(pValues)])).toEqual(
        new Set(row.keys()),
      );
      expectRow(row, actual);
      expectRow(row, pValues, P_VALUE_TOLERANCE);
    },
  );
});
