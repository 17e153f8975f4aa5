/** One point a pixel of a wide screen; the server thins what is more. */
export const PAIR_CHART_POINTS = 2_000;

/** A pair of a scan, as addresses and questions name it. */
export type PairKey = {
  readonly scanId: string;
  readonly instrumentY: number;
  readonly instrumentX: number;
};

/** How the spread of a pair is looked at: held by the address, handed on to a new strategy. */
export type PairSettings = {
  readonly zScoreWindowBars: number;
  readonly entryZScore: number;
  readonly exitZScore: number;
  /** null: no stop. */
  readonly stopZScore: number | null;
};

/** How a pair is looked at first: slower than the strategy's own defaults, and out at the mean. */
export const PAIR_SETTING_DEFAULTS: PairSettings = {
  zScoreWindowBars: 120,
  entryZScore: 2,
  exitZScore: 0,
  stopZScore: 4,
};

/** Names of the settings in an address. */
export const SETTING_KEYS = {
  zScoreWindowBars: "z",
  entryZScore: "entry",
  exitZScore: "exit",
  stopZScore: "stop",
} as const;

const NO_STOP = "none";

function numberWithin(text: string | null, min: number, max: number): number | null {
  if (text === null || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= min && value <= max ? value : null;
}

/** Reads the settings from an address; whatever is missing or out of bounds is the default. */
export function pairSettingsOf(get: (key: string) => string | null): PairSettings {
  const window = numberWithin(get(SETTING_KEYS.zScoreWindowBars), 3, 5_000);
  const entry = numberWithin(get(SETTING_KEYS.entryZScore), 0.01, 10);
  const exit = numberWithin(get(SETTING_KEYS.exitZScore), 0, 10);
  const stopText = get(SETTING_KEYS.stopZScore);
  return {
    zScoreWindowBars: Math.round(window ?? PAIR_SETTING_DEFAULTS.zScoreWindowBars),
    entryZScore: entry ?? PAIR_SETTING_DEFAULTS.entryZScore,
    exitZScore: exit ?? PAIR_SETTING_DEFAULTS.exitZScore,
    stopZScore:
      stopText === NO_STOP
        ? null
        : (numberWithin(stopText, 0.01, 50) ?? PAIR_SETTING_DEFAULTS.stopZScore),
  };
}

/** One setting as the address holds it; null where it is the default and need not stand there. */
export function settingParam(key: keyof PairSettings, value: number | null): string | null {
  if (value === PAIR_SETTING_DEFAULTS[key]) return null;
  return value === null ? NO_STOP : String(value);
}

/** All settings that are not the default, as address parameters. */
export function settingParams(settings: PairSettings): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of ["zScoreWindowBars", "entryZScore", "exitZScore", "stopZScore"] as const) {
    const text = settingParam(key, settings[key]);
    if (text !== null) params.set(SETTING_KEYS[key], text);
  }
  return params;
}
