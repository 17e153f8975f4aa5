import { type PairSelection, WalkForward } from "#contracts/backtest-plan.ts";

/** A walk-forward as it is typed: numbers as text, so that a half-typed one is not lost. */
export type WalkForwardValues = {
  readonly formationBars: string;
  readonly tradingBars: string;
  readonly window: "rolling" | "anchored";
  readonly purgeBars: string;
  readonly embargoBars: string;
  readonly selection: PairSelection["kind"];
  readonly universeId: string;
  readonly falseDiscoveryRatePercent: string;
  readonly halfLifeMaxBars: string;
  readonly pairsMax: string;
};

const DAY_MS = 86_400_000;

/** What the form starts from: three months learned and one traded, as far as bars are short enough. */
export function walkForwardDefaults(intervalMs: number): WalkForwardValues {
  const bars = (days: number, least: number) =>
    String(Math.max(least, Math.round((days * DAY_MS) / intervalMs)));
  return {
    formationBars: bars(90, 60),
    tradingBars: bars(30, 20),
    window: "rolling",
    purgeBars: "0",
    embargoBars: "0",
    selection: "fixed",
    universeId: "",
    falseDiscoveryRatePercent: "5",
    halfLifeMaxBars: "",
    pairsMax: "5",
  };
}

export type WalkForwardForm =
  | { readonly kind: "valid"; readonly walkForward: WalkForward }
  | { readonly kind: "refused"; readonly problems: Readonly<Record<string, string>> };

/**
 * The walk-forward that was typed, or what is wrong with it by field.
 *
 * @param instruments of the chosen universe
 */
export function walkForwardOf(
  values: WalkForwardValues,
  instruments: readonly number[],
): WalkForwardForm {
  const selection =
    values.selection === "fixed"
      ? { kind: "fixed" }
      : {
          kind: "scan",
          instruments,
          falseDiscoveryRate: numberOf(values.falseDiscoveryRatePercent) / 100,
          halfLifeMaxBars:
            values.halfLifeMaxBars.trim() === "" ? null : numberOf(values.halfLifeMaxBars),
          pairsMax: numberOf(values.pairsMax),
        };
  const { data, error } = WalkForward.safeParse({
    formationBars: numberOf(values.formationBars),
    tradingBars: numberOf(values.tradingBars),
    window: values.window,
    purgeBars: numberOf(values.purgeBars),
    embargoBars: numberOf(values.embargoBars),
    selection,
    optimise: null,
  });
  if (data !== undefined) {
    if (data.purgeBars >= data.formationBars) {
      return { kind: "refused", problems: { purgeBars: "Must leave bars to learn from" } };
    }
    return { kind: "valid", walkForward: data };
  }
  const problems: Record<string, string> = {};
  for (const { path, message } of error.issues) {
    const field = String(path[0] === "selection" ? (path[1] ?? "selection") : path[0]);
    problems[FIELD_NAMES[field] ?? field] ??= message.includes("NaN") ? "Type a number" : message;
  }
  return { kind: "refused", problems };
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  instruments: "universeId",
  falseDiscoveryRate: "falseDiscoveryRatePercent",
};

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** How many windows a history of so many bars has; 0 when not even one fits. */
export function windowCount(
  bars: number,
  walkForward: Pick<WalkForward, "formationBars" | "tradingBars" | "embargoBars">,
): number {
  const { formationBars, tradingBars, embargoBars } = walkForward;
  const left = bars - formationBars - embargoBars;
  return left < 2 ? 0 : Math.ceil(left / tradingBars);
}
