import type { ReportConfig } from "#contracts/report-view.ts";
import type { StrategyVersionView } from "#contracts/strategy.ts";
import { formatTime } from "#ui/format.ts";
import { STRATEGY_FIELDS, type StrategyField } from "./strategy-fields.ts";

/** One setting in two versions, as text. */
export type DiffRow = {
  readonly label: string;
  readonly unit: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
};

function settingOf(config: ReportConfig, path: StrategyField["path"]): number | null {
  switch (path) {
    case "formation.startMs":
      return config.formation.startMs;
    case "formation.endMs":
      return config.formation.endMs;
    case "trading.startMs":
      return config.trading.startMs;
    case "trading.endMs":
      return config.trading.endMs;
    default:
      return config[path];
  }
}

/** A setting in full precision; times in UTC, because two versions are compared and not lived through. */
export function settingText(config: ReportConfig, field: StrategyField): string {
  const value = settingOf(config, field.path);
  // A setting that cannot be empty is null where a link was made without sizes.
  if (value === null) return field.emptyMeans ?? "not shared";
  return field.kind === "time"
    ? formatTime(value, undefined, "utc")
    : value.toLocaleString("en-US", { maximumFractionDigits: 12 });
}

/** Every setting of two versions side by side, legs first, then in the order of the form. */
export function versionDiff(before: StrategyVersionView, after: StrategyVersionView): DiffRow[] {
  const row = (label: string, unit: string, a: string, b: string): DiffRow => ({
    label,
    unit,
    before: a,
    after: b,
    changed: a !== b,
  });
  return [
    row("Leg Y", "", before.legY.symbol, after.legY.symbol),
    row("Leg X", "", before.legX.symbol, after.legX.symbol),
    ...STRATEGY_FIELDS.map((field) =>
      row(
        field.label,
        field.unit,
        settingText(before.config, field),
        settingText(after.config, field),
      ),
    ),
  ];
}
