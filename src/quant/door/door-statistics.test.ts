import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import { type GoldenCase, goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
import { askDoor, expectGoldenAnswer, type GoldenCall, partOf } from "./ask-door.test-support.ts";

const ofX = (golden: GoldenCase) => ({ series: goldenInput(golden, "x") });
const ofPair = (golden: GoldenCase, y = "y", x = "x") => ({
  y: goldenInput(golden, y),
  x: goldenInput(golden, x),
});

/** A criterion with its largest lag, or a number of lags. */
function lagsOf({ params }: GoldenCase) {
  const { autolag = null, maxlag = null } = { ...params };
  return autolag === null ? { lags: maxlag } : { lags: autolag, maxLag: maxlag };
}

function columnsBut(columns: readonly Float64Array[], index: number): readonly Float64Array[] {
  return columns.filter((_, j) => j !== index);
}

const ols = goldenCases("regression", "ols/").map((golden): GoldenCall => {
  const intercept = golden.params?.["intercept"] === true;
  const { y, x } = ofPair(golden);
  return {
    golden,
    call: "ols",
    args: { y, x: [x], intercept },
    fields: intercept
      ? {
          alpha: "coefficients.0",
          beta: "coefficients.1",
          se_alpha: "standardErrors.0",
          se_beta: "standardErrors.1",
          r2: "rSquared",
          resid_first: "residuals.0",
          ssr: "residualSumOfSquares",
        }
      : { beta: "coefficients.0", se_beta: "standardErrors.0", r2: "rSquared" },
  };
});

const olsSeveral = goldenCases("regression", "ols_multi/").map((golden): GoldenCall => {
  const [y, ...x] = goldenColumns(String(golden.input["m"]));
  return {
    golden,
    call: "ols",
    args: { y, x },
    fields: { params: "coefficients", se: "standardErrors", r2: "rSquared" },
  };
});

const adf = goldenCases("unit-root", "adf/").map(
  (golden): GoldenCall => ({
    golden,
    call: "adf",
    args: { ...ofX(golden), trend: golden.params?.["regression"], ...lagsOf(golden) },
    fields: {
      stat: "statistic",
      p: "pValue",
      used_lag: "lags",
      nobs: "observations",
    },
  }),
);

const kpss = goldenCases("unit-root", "kpss/").map(
  (golden): GoldenCall => ({
    golden,
    call: "kpss",
    args: {
      ...ofX(golden),
      trend: golden.params?.["regression"],
      lags: golden.params?.["nlags"],
    },
    fields: { stat: "statistic", p: "pValue", lags: "lags" },
  }),
);

const phillipsPerron = goldenCases("unit-root", "pp/").flatMap((golden) =>
  (["tau", "rho"] as const).map(
    (test): GoldenCall => ({
      golden,
      call: "phillipsPerron",
      args: {
        ...ofX(golden),
        trend: golden.params?.["trend"],
        lags: golden.params?.["lags"],
        test,
      },
      fields: { [`z_${test}`]: "statistic", [`p_${test}`]: "pValue", lags: "lags" },
    }),
  ),
);

const dfgls = goldenCases("extra-r", "dfgls/").map(
  (golden): GoldenCall => ({
    golden,
    call: "dfgls",
    args: { ...ofX(golden), trend: golden.params?.["trend"], lags: golden.params?.["lags"] },
    fields: { stat: "statistic" },
  }),
);

const MODELS = new Map<unknown, string>([
  ["intercept", "c"],
  ["trend", "t"],
  ["both", "ct"],
]);

const zivotAndrewsAll = goldenCases("extra-r", "zivot-andrews/").map(
  (golden): GoldenCall => ({
    golden,
    call: "zivotAndrews",
    args: {
      ...ofX(golden),
      trend: MODELS.get(golden.params?.["model"]),
      lags: golden.params?.["lags"],
      breaks: "all",
    },
    fields: { stat: "statistic", break_index_0based: "breakIndex" },
  }),
);

const zivotAndrews = goldenCases("extra-py", "zivot-andrews-trimmed/").map(
  (golden): GoldenCall => ({
    golden,
    call: "zivotAndrews",
    args: { ...ofX(golden), trend: golden.params?.["regression"], lags: golden.params?.["lags"] },
    fields: { stat: "statistic", p: "pValue", break_index_0based: "breakIndex" },
  }),
);

const varianceRatio = goldenCases("mean-reversion", "variance_ratio/").flatMap((golden) =>
  [true, false].map((robust): GoldenCall => {
    const law = robust ? "robust" : "homo";
    return {
      golden,
      call: "varianceRatio",
      args: { ...ofX(golden), ...golden.params, robust },
      fields: { vr: "ratio", [`z_${law}`]: "statistic", [`p_${law}`]: "pValue" },
    };
  }),
);

const isCollinear = (golden: GoldenCase) => golden.expected["stat"] === "-Infinity";

const engleGranger = goldenCases("engle-granger", "eg/").map(
  (golden): GoldenCall => ({
    golden,
    call: "engleGranger",
    args: {
      ...ofPair(golden, "dependent", "regressor"),
      trend: golden.params?.["trend"],
      ...lagsOf(golden),
      ...(isCollinear(golden) ? { compat: "statsmodels" } : {}),
    },
    fields: {
      stat: "statistic",
      p: "pValue",
      beta: "hedgeRatio",
      alpha: "intercept",
      ...(isCollinear(golden) ? {} : { used_lag: "lags" }),
    },
  }),
);

const engleGrangerSeveral = goldenCases("engle-granger", "eg3/").map((golden): GoldenCall => {
  const columns = goldenColumns(String(golden.input["m"]));
  const dependent = Number(golden.params?.["dependent"]);
  return {
    golden,
    call: "engleGranger",
    args: {
      y: columns[dependent],
      x: columnsBut(columns, dependent),
      trend: golden.params?.["trend"],
      ...lagsOf(golden),
    },
    fields: {
      stat: "statistic",
      p: "pValue",
      used_lag: "lags",
      beta: "hedgeRatios",
      alpha: "intercept",
    },
  };
});

function systemOf(golden: GoldenCase): readonly Float64Array[] {
  const name = golden.input["m"];
  if (name !== undefined) return goldenColumns(name);
  const { y, x } = ofPair(golden);
  return [y, x];
}

const JOHANSEN_FIELDS = {
  eig: "eigenvalues",
  trace: "trace.statistics",
  maxeig: "maxEigenvalue.statistics",
} as const;

const johansen = goldenCases("johansen", "johansen/").map(
  (golden): GoldenCall => ({
    golden,
    call: "johansen",
    args: {
      series: systemOf(golden),
      deterministic: golden.params?.["det_order"],
      lagsDiff: golden.params?.["k_ar_diff"],
    },
    fields: {
      ...JOHANSEN_FIELDS,
      evec: "eigenvectors",
      p_trace_sim: "trace.pValues",
      p_maxeig_sim: "maxEigenvalue.pValues",
    },
  }),
);

const johansenRestricted = goldenCases("extra-r", "johansen-restricted/").map(
  (golden): GoldenCall => ({
    golden,
    call: "johansen",
    args: {
      series: systemOf(golden),
      deterministic: golden.params?.["deterministic"],
      lagsDiff: golden.params?.["k_ar_diff"],
    },
    fields: { ...JOHANSEN_FIELDS, beta_first: "eigenvectors.0" },
  }),
);

const rows = [
  ...[...ols, ...olsSeveral, ...adf, ...kpss, ...phillipsPerron, ...dfgls, ...zivotAndrewsAll],
  ...[...zivotAndrews, ...varianceRatio, ...engleGranger, ...engleGrangerSeveral],
  ...[...johansen, ...johansenRestricted],
];

const answers = askDoor(rows);
const answerTo = new Map(rows.map((row, i) => [row, answers[i]]));

describe.each([...new Set(rows.map(({ call }) => call))])("%s through the door", (call) => {
  const own = rows.filter((row) => row.call === call);
  test.each(own.map((row) => ({ name: row.golden.case, row })))("agrees: $name", ({ row }) => {
    expectGoldenAnswer(row, answerTo.get(row));
  });
});

test("critical values of unit-root tests are by level", () => {
  for (const row of adf) {
    const [one, five, ten] = row.golden.expected["crit"] as readonly number[];
    const values = partOf(answerTo.get(row), "result.criticalValues");
    expect(values).toEqual({
      "1%": expect.closeTo(Number(one), 9),
      "5%": expect.closeTo(Number(five), 9),
      "10%": expect.closeTo(Number(ten), 9),
    });
  }
});

test("critical values of a Johansen test have one entry a rank at each level", () => {
  for (const row of johansen) {
    const expected = row.golden.expected["crit_trace_90_95_99"] as readonly number[][];
    const values = partOf(answerTo.get(row), "result.trace.criticalValues");
    expect(values).toEqual({
      90: expected.map(([value]) => value),
      95: expected.map(([, value]) => value),
      99: expected.map(([, , value]) => value),
    });
  }
});

test("minus infinity is null and says so", () => {
  const copies = engleGranger.filter(({ golden }) => isCollinear(golden));
  expect(copies.length).toBeGreaterThan(0);
  for (const row of copies) {
    expect(partOf(answerTo.get(row), "result.reason")).toBe("statistic: minus infinity");
  }
});
