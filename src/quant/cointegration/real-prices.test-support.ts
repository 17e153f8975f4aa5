import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { logPrices } from "../stats/log-prices.ts";

// Real prices are not part of the project: these tests run where they lie beside it.
const DATA = new URL("../../../../shared/data/", import.meta.url);

/** Whether the real prices are there. */
export const HAS_REAL_PRICES = existsSync(new URL("reference.json", DATA));

/** A test that says in words what is not checked where the real prices are missing. */
export function sayWhatIsSkipped(): void {
  test.skipIf(HAS_REAL_PRICES)("there are no real prices beside the project", ({ skip }) => {
    expect(HAS_REAL_PRICES).toBe(false);
    skip("../shared/data is not there: nothing was held against its reference values");
  });
}

/** Closes by key, which is a time or a date as the file writes it. */
export type Closes = ReadonlyMap<string, number>;

/** A file of the real data as text, unpacked. */
export function readText(path: string): string {
  const bytes = readFileSync(new URL(path, DATA));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** A file of the real data as rows of cells, the header first. */
export function readTable(path: string): readonly (readonly string[])[] {
  return readText(path)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
}

const tables = new Map<string, readonly (readonly string[])[]>();
const columns = new Map<string, Closes>();

/** Closes of one symbol: of a file of bars, of a long file, or of a wide one. */
export function readCloses(path: string, symbol: string): Closes {
  const known = columns.get(`${path} ${symbol}`);
  if (known !== undefined) return known;
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
  columns.set(`${path} ${symbol}`, closes);
  return closes;
}

/** Log closes of two legs on the keys that both have. */
export function alignedLogs(
  y: Closes,
  x: Closes,
  isIncluded: (key: string) => boolean,
): readonly [Float64Array, Float64Array] {
  const keys = [...y.keys()].filter((key) => x.has(key) && isIncluded(key));
  const logs = (closes: Closes): Float64Array =>
    logPrices(Float64Array.from(keys, (key) => closes.get(key) ?? Number.NaN));
  return [logs(y), logs(x)];
}

type Unit = {
  readonly stat: number;
  readonly p: number;
  readonly usedlag: number;
  readonly nobs: number;
};

type UnitRootReference = Unit & { readonly crit: Readonly<Record<"1%" | "5%" | "10%", number>> };

/** An Engle–Granger test of statsmodels; null for a degenerate pair. */
export type CointReference = {
  readonly stat: number | null;
  readonly p: number;
  readonly crit: Readonly<Record<string, number>>;
};

/** Rows of trace or maximum-eigenvalue statistics, with critical values at 90, 95 and 99 %. */
export type JohansenReference = {
  readonly stat: readonly number[];
  readonly crit_90_95_99: readonly (readonly number[])[];
};

/** A pair of real prices and what statsmodels 0.13.5 says of it. */
export type PairReference = {
  readonly name: string;
  readonly y: { readonly file: string; readonly symbol: string };
  readonly x: { readonly file: string; readonly symbol: string };
  readonly window: readonly (number | string | null)[];
  readonly n: number;
  readonly ols: Readonly<
    Record<
      | "alpha"
      | "beta"
      | "se_alpha"
      | "se_beta"
      | "r2"
      | "durbin_watson"
      | "resid_std_ddof1"
      | "resid_last"
      | "z_last_full"
      | "z_last_roll60_ddof1"
      | "z_last_roll60_ddof0",
      number
    >
  >;
  readonly adf_resid_c_aic: UnitRootReference;
  readonly adf_resid_c_lag1: UnitRootReference;
  readonly adf_resid_n_lag1: UnitRootReference;
  readonly adf_log_y_c_aic: UnitRootReference;
  readonly adf_log_x_c_aic: UnitRootReference;
  readonly coint_c_aic: CointReference;
  readonly coint_c_lag1: CointReference;
  readonly coint_reverse_c_aic: CointReference;
  readonly johansen_det0_k1: {
    readonly trace: readonly number[];
    readonly trace_crit_90_95_99: readonly (readonly number[])[];
    readonly max_eig: readonly number[];
    readonly max_eig_crit_90_95_99: readonly (readonly number[])[];
    readonly eig: readonly number[];
    readonly beta_from_first_evec: number;
  };
  readonly half_life: Readonly<
    Record<"ar_const" | "ar_slope" | "neg_ln2_over_slope" | "ln2_over_neg_log1p", number>
  >;
  readonly returns_corr: number;
};

/** Reference values of other software. */
export type Reference = {
  readonly pairs: readonly PairReference[];
  readonly matlab_johansen: {
    readonly file: string;
    readonly cases: readonly {
      readonly test: string;
      readonly det_order: number;
      readonly k_ar_diff: number;
      readonly trace: JohansenReference;
      readonly max_eig: JohansenReference;
    }[];
  };
  readonly stata_adf: {
    readonly file: string;
    readonly cases: readonly {
      readonly column: string;
      readonly regression: "n" | "c" | "ct";
      readonly maxlag: number;
      readonly stat: number;
      readonly p: number;
      readonly statsmodels: UnitRootReference;
    }[];
  };
};

const NONE: Reference = {
  pairs: [],
  matlab_johansen: { file: "", cases: [] },
  stata_adf: { file: "", cases: [] },
};

/** The reference values; none where the real prices are missing. */
export const REFERENCE: Reference = HAS_REAL_PRICES
  ? (JSON.parse(readText("reference.json")) as Reference)
  : NONE;

const logs = new Map<PairReference, readonly [Float64Array, Float64Array]>();

/** Log prices of a reference pair in its window, aligned. */
export function logsOf(reference: PairReference): readonly [Float64Array, Float64Array] {
  const known = logs.get(reference);
  if (known !== undefined) return known;
  const { y, x, window } = reference;
  const [first = null, last = null] = window;
  const aligned = alignedLogs(
    readCloses(y.file, y.symbol),
    readCloses(x.file, x.symbol),
    (key) =>
      (first === null || Number(key) >= Number(first)) &&
      (last === null || Number(key) <= Number(last)),
  );
  logs.set(reference, aligned);
  return aligned;
}
