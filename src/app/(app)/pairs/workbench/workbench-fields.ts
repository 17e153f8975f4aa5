import type { HedgeChoice, PairAnalysisConfig } from "#contracts/pair-analysis.ts";

/** The settings of the workbench as an address holds them: texts, half typed ones too. */
export const WORKBENCH_DEFAULTS = {
  y: "",
  x: "",
  interval: "",
  from: "",
  to: "",
  prices: "log",
  hedge: "ols",
  window: "250",
  delta: "0.0001",
  noise: "0.001",
  z: "60",
  test: "250",
  cost: "5",
  margin: "1",
} as const;
/** In an address: the question is complete and to be asked when the page opens. */
export const RUN_KEY = "run";

export type WorkbenchKey = keyof typeof WORKBENCH_DEFAULTS;
export type WorkbenchFields = Readonly<Record<WorkbenchKey, string>>;
export const WORKBENCH_KEYS = [
  "y",
  "x",
  "interval",
  "from",
  "to",
  "prices",
  "hedge",
  "window",
  "delta",
  "noise",
  "z",
  "test",
  "cost",
  "margin",
] as const satisfies readonly WorkbenchKey[];

export const HEDGE_LABELS: Readonly<Record<HedgeChoice["kind"], string>> = {
  ols: "Least squares",
  "ols-no-intercept": "Least squares through zero",
  "rolling-ols": "Rolling least squares",
  "expanding-ols": "Expanding least squares",
  tls: "Total least squares",
  huber: "Huber (outliers count less)",
  "theil-sen": "Theil–Sen (median of slopes)",
  kalman: "Kalman filter, fixed noise",
  "kalman-ml": "Kalman filter, likeliest noise",
  johansen: "Johansen vector",
};

/** Numbers of the form with the bounds that the server holds them to. */
export const NUMBER_FIELDS = {
  window: { min: 10, max: 20_000, whole: true },
  delta: { min: 1e-12, max: 0.5, whole: false },
  noise: { min: 1e-15, max: 1e12, whole: false },
  z: { min: 3, max: 5_000, whole: true },
  test: { min: 60, max: 5_000, whole: true },
  cost: { min: 0, max: 1_000, whole: false },
  margin: { min: 0, max: 1_000, whole: false },
} as const;
export type NumberKey = keyof typeof NUMBER_FIELDS;

/** The settings that an address holds, else those of the analysis that it names, else the defaults. */
export function workbenchFields(
  get: (key: string) => string | null,
  shown: PairAnalysisConfig | null,
): WorkbenchFields {
  const known = shown === null ? WORKBENCH_DEFAULTS : fieldsOfConfig(shown);
  const one = (key: WorkbenchKey) => get(key) ?? known[key];
  return {
    y: one("y"),
    x: one("x"),
    interval: one("interval"),
    from: one("from"),
    to: one("to"),
    prices: one("prices"),
    hedge: one("hedge"),
    window: one("window"),
    delta: one("delta"),
    noise: one("noise"),
    z: one("z"),
    test: one("test"),
    cost: one("cost"),
    margin: one("margin"),
  };
}

/** A question as the form shows it. */
export function fieldsOfConfig(config: PairAnalysisConfig): WorkbenchFields {
  const { hedge } = config;
  return {
    y: String(config.instrumentY),
    x: String(config.instrumentX),
    interval: String(config.intervalMs),
    from: String(config.window.startMs),
    to: String(config.window.endMs),
    prices: config.prices,
    hedge: hedge.kind,
    window: hedge.kind === "rolling-ols" ? String(hedge.windowBars) : WORKBENCH_DEFAULTS.window,
    delta: hedge.kind === "kalman" ? String(hedge.delta) : WORKBENCH_DEFAULTS.delta,
    noise: hedge.kind === "kalman" ? String(hedge.observationVariance) : WORKBENCH_DEFAULTS.noise,
    z: String(config.zScoreWindowBars),
    test: String(config.testWindowBars),
    cost: String(config.costBps),
    margin: String(config.riskFreeBps),
  };
}

export type WorkbenchProblems = Readonly<Partial<Record<WorkbenchKey, string>>>;

/** The question that the form asks, or what is wrong with which field. */
export function configOfFields(
  fields: WorkbenchFields,
):
  | { readonly config: PairAnalysisConfig; readonly problems: null }
  | { readonly config: null; readonly problems: WorkbenchProblems } {
  const hedge = hedgeOf(fields);
  const problems = { ...legProblems(fields), ...numberProblems(fields, hedge) };
  if (hedge === null || Object.keys(problems).length > 0) return { config: null, problems };
  return {
    config: {
      instrumentY: Number(fields.y),
      instrumentX: Number(fields.x),
      intervalMs: Number(fields.interval),
      window: { startMs: Number(fields.from), endMs: Number(fields.to) },
      prices: fields.prices === "level" ? "level" : "log",
      hedge,
      zScoreWindowBars: Number(fields.z),
      testWindowBars: Number(fields.test),
      costBps: Number(fields.cost),
      riskFreeBps: Number(fields.margin),
    },
    problems: null,
  };
}

function hedgeOf(fields: WorkbenchFields): HedgeChoice | null {
  switch (fields.hedge) {
    case "rolling-ols":
      return { kind: "rolling-ols", windowBars: Number(fields.window) };
    case "kalman":
      return {
        kind: "kalman",
        delta: Number(fields.delta),
        observationVariance: Number(fields.noise),
      };
    case "ols":
    case "ols-no-intercept":
    case "expanding-ols":
    case "tls":
    case "huber":
    case "theil-sen":
    case "kalman-ml":
    case "johansen":
      return { kind: fields.hedge };
    default:
      return null;
  }
}

function legProblems({ y, x, interval, from, to }: WorkbenchFields): WorkbenchProblems {
  return {
    ...(isWhole(interval) ? {} : { interval: "Choose an interval" }),
    ...(isWhole(y) ? {} : { y: "Choose an instrument" }),
    ...(isWhole(x) ? {} : { x: "Choose an instrument" }),
    ...(isWhole(x) && x === y ? { x: "The legs must be two instruments" } : {}),
    ...(isWhole(from) ? {} : { from: "Choose a date" }),
    ...(isWhole(to) ? {} : { to: "Choose a date" }),
    ...(isWhole(from) && isWhole(to) && Number(from) >= Number(to)
      ? { to: "The end must be after the start" }
      : {}),
  };
}

function isWhole(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

/** Only the numbers of the method that is chosen count. */
function numberProblems(fields: WorkbenchFields, hedge: HedgeChoice | null): WorkbenchProblems {
  const used: NumberKey[] = ["z", "test", "cost", "margin"];
  if (hedge?.kind === "rolling-ols") used.push("window");
  if (hedge?.kind === "kalman") used.push("delta", "noise");
  const problems = used.flatMap((key) => {
    const problem = numberProblem(fields[key], NUMBER_FIELDS[key]);
    return problem === null ? [] : [[key, problem] as const];
  });
  return {
    ...(hedge === null ? { hedge: "Choose a method" } : {}),
    ...Object.fromEntries(problems),
  };
}

function numberProblem(
  text: string,
  bounds: { readonly min: number; readonly max: number; readonly whole: boolean },
): string | null {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) return "Fill in this field";
  if (value < bounds.min) return `At least ${bounds.min}`;
  if (value > bounds.max) return `At most ${bounds.max.toLocaleString("en-US")}`;
  return bounds.whole && !Number.isInteger(value) ? "A whole number" : null;
}
