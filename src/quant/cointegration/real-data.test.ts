import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { benjaminiHochberg, rejectionCount } from "../stats/benjamini-hochberg.ts";
import { logPrices } from "../stats/log-prices.ts";
import { simpleOls } from "../stats/ols.ts";
import { engleGranger } from "./engle-granger.ts";
import { screenPair } from "./pair-screen.ts";

// Real prices are not part of the project: these tests run where they lie beside it.
const DATA = new URL("../../../../shared/data/", import.meta.url);
const isPresent = existsSync(new URL("reference.json", DATA));

const OPEN_2023 = Date.UTC(2023, 0, 1);
const END_2023_H1 = Date.UTC(2023, 6, 1);

type Closes = ReadonlyMap<string, number>;

function readText(path: string): string {
  const bytes = readFileSync(new URL(path, DATA));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

function readTable(path: string): readonly (readonly string[])[] {
  return readText(path)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
}

const tables = new Map<string, readonly (readonly string[])[]>();

/** Closes by key of one symbol: of a file of bars, of a long file, or of a wide one. */
function readCloses(path: string, symbol: string): Closes {
  const table = tables.get(path) ?? readTable(path);
  tables.set(path, table);
  const [header = [], ...rows] = table;
  const symbolColumn = header.indexOf("symbol");
  const close = header.includes("close") ? header.indexOf("close") : header.indexOf(symbol);
  const closes = new Map<string, number>();
  for (const row of rows) {
    const text = row[close];
    if (symbolColumn >= 0 && row[symbolColumn] !== symbol) continue;
    if (text !== undefined && text !== "") closes.set(row[0] ?? "", Number(text));
  }
  return closes;
}

function alignedLogs(
  y: Closes,
  x: Closes,
  isIncluded: (key: string) => boolean,
): readonly [Float64Array, Float64Array] {
  const keys = [...y.keys()].filter((key) => x.has(key) && isIncluded(key));
  const logs = (closes: Closes): Float64Array =>
    logPrices(Float64Array.from(keys, (key) => closes.get(key) ?? Number.NaN));
  return [logs(y), logs(x)];
}

const REFERENCE_TOLERANCE = { rtol: 1e-8, atol: 0 };

describe.skipIf(!isPresent)("the scan of 24 symbols in the first half of 2023", () => {
  test("reproduces statsmodels on all 276 pairs", () => {
    const [header = [], ...rows] = readTable("scan-1h-2023H1.csv");
    const closesOf = (symbol: string): Closes =>
      readCloses(`crypto/1h/${symbol}USDT.csv.gz`, symbol);
    const isInWindow = (key: string): boolean =>
      Number(key) >= OPEN_2023 && Number(key) < END_2023_H1;
    const pValues = new Float64Array(rows.length);
    const cell = (row: readonly string[], name: string): string => row[header.indexOf(name)] ?? "";

    rows.forEach((row, i) => {
      const [legY = "", legX = ""] = row;
      const [logY, logX] = alignedLogs(closesOf(legY), closesOf(legX), isInWindow);
      const result = screenPair(logY, logX, { lags: { kind: "fixed", lags: 1 } });
      if (result.kind !== "tested") throw new Error(result.message);
      const check = (name: string, actual: number | null, rtol: number): void =>
        expectWithin(`${legY}~${legX} ${name}`, actual ?? Number.NaN, Number(cell(row, name)), {
          rtol,
          atol: 0,
        });
      expect(result.observations).toBe(Number(cell(row, "n")));
      check("alpha", result.yOnX.intercept, 1e-8);
      check("beta", result.yOnX.hedgeRatio, 1e-8);
      check("coint_t", result.yOnX.statistic, 1e-8);
      check("coint_p", result.yOnX.pValue, 1e-6);
      // An empty cell: the spread moves away from its mean.
      if (cell(row, "half_life") === "") expect(result.halfLife.linearBars).toBeNull();
      else check("half_life", result.halfLife.linearBars, 1e-7);
      check("returns_corr", result.returnsCorrelation, 1e-8);
      pValues[i] = result.yOnX.pValue;
    });

    const qValues = benjaminiHochberg(pValues);
    rows.forEach((row, i) => {
      const q = Number(cell(row, "bh_p"));
      expectWithin(`${row[0]}~${row[1]} q`, qValues[i]!, q, { rtol: 1e-6, atol: 0 });
    });
    expect(rows).toHaveLength(276);
    expect(rejectionCount(pValues, 0.05)).toBe(49);
    expect(rejectionCount(qValues, 0.05)).toBe(2);
  });
});

type CointReference = {
  readonly stat: number | null;
  readonly p: number;
  readonly crit: Readonly<Record<string, number>>;
};

type PairReference = {
  readonly name: string;
  readonly y: { readonly file: string; readonly symbol: string };
  readonly x: { readonly file: string; readonly symbol: string };
  readonly window: readonly (number | string | null)[];
  readonly n: number;
  readonly ols: Readonly<Record<"alpha" | "beta" | "se_alpha" | "se_beta" | "r2", number>>;
  readonly coint_c_aic: CointReference;
  readonly coint_c_lag1: CointReference;
  readonly coint_reverse_c_aic: CointReference;
  readonly half_life: Readonly<Record<"neg_ln2_over_slope" | "ln2_over_neg_log1p", number>>;
  readonly returns_corr: number;
};

const references: readonly PairReference[] = isPresent
  ? (JSON.parse(readText("reference.json")) as { pairs: readonly PairReference[] }).pairs
  : [];

describe.skipIf(!isPresent)("the reference pairs", () => {
  test.each(references)("agree with statsmodels: $name", (reference) => {
    const { y, x, window } = reference;
    const [first = null, last = null] = window;
    const [logY, logX] = alignedLogs(
      readCloses(y.file, y.symbol),
      readCloses(x.file, x.symbol),
      (key) =>
        (first === null || Number(key) >= Number(first)) &&
        (last === null || Number(key) <= Number(last)),
    );
    expect(logY).toHaveLength(reference.n);

    const fit = simpleOls(logY, logX);
    expectWithin("alpha", fit.intercept, reference.ols.alpha, { rtol: 1e-8, atol: 1e-10 });
    expectWithin("beta", fit.slope, reference.ols.beta, REFERENCE_TOLERANCE);
    expectWithin(
      "se_alpha",
      fit.standardErrors.intercept,
      reference.ols.se_alpha,
      REFERENCE_TOLERANCE,
    );
    expectWithin("se_beta", fit.standardErrors.slope, reference.ols.se_beta, REFERENCE_TOLERANCE);
    expectWithin("r2", fit.rSquared, reference.ols.r2, REFERENCE_TOLERANCE);

    if (reference.coint_c_aic.stat === null) {
      expect(screenPair(logY, logX)).toMatchObject({ kind: "refused", reason: "collinear" });
      return;
    }
    const result = screenPair(logY, logX, { compat: "statsmodels" });
    if (result.kind !== "tested") throw new Error(result.message);
    const lagOne = engleGranger(logY, logX, { lags: { kind: "fixed", lags: 1 } });
    for (const [name, test, expected] of [
      ["AIC", result.yOnX, reference.coint_c_aic],
      ["reverse AIC", result.xOnY, reference.coint_reverse_c_aic],
      ["lag 1", lagOne, reference.coint_c_lag1],
    ] as const) {
      expectWithin(`${name} statistic`, test.statistic, expected.stat ?? Number.NaN, {
        rtol: 1e-6,
        atol: 0,
      });
      expectWithin(`${name} p`, test.pValue, expected.p, { rtol: 1e-4, atol: 1e-12 });
    }
    const onePercent = reference.coint_c_aic.crit["1%"] ?? Number.NaN;
    expectWithin("1 %", result.yOnX.criticalValues.onePercent, onePercent, REFERENCE_TOLERANCE);
    const { neg_ln2_over_slope, ln2_over_neg_log1p } = reference.half_life;
    const { linearBars, exactBars } = result.halfLife;
    expectWithin("linear", linearBars ?? Number.NaN, neg_ln2_over_slope, { rtol: 1e-7, atol: 0 });
    expectWithin("exact", exactBars ?? Number.NaN, ln2_over_neg_log1p, { rtol: 1e-7, atol: 0 });
    expectWithin("returns", result.returnsCorrelation, reference.returns_corr, REFERENCE_TOLERANCE);
  });
});
