import type { BacktestComparison } from "#contracts/backtest.ts";
import { reportConfig, reportPlan } from "#contracts/report-settings.ts";
import { configGroups } from "../../strategies/config-rows.ts";
import { wordsOf } from "../report/report-words.ts";

export type ComparedSetting = {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  /** One a backtest; "" where it has no such setting. */
  readonly values: readonly string[];
};

type Compared = Pick<BacktestComparison["backtests"][number], "strategyVersion" | "plan">;

/** The settings in which the compared differ, in the order of the form, the plan last. */
export function configComparison(backtests: readonly Compared[]): ComparedSetting[] {
  const all = backtests.map(settingsOf);
  const keys = [...new Set(all.flatMap((settings) => [...settings.keys()]))];
  return keys.flatMap((key) => {
    const found = all.map((settings) => settings.get(key));
    const exact = new Set(found.map((one) => one?.exact));
    if (exact.size < 2) return [];
    const first = found.find((one) => one !== undefined);
    return [
      {
        key,
        label: first?.label ?? key,
        unit: first?.unit ?? "",
        values: found.map((one) => one?.value ?? ""),
      },
    ];
  });
}

type Setting = { label: string; unit: string; value: string; exact: string };

function settingsOf({ strategyVersion, plan }: Compared): Map<string, Setting> {
  const { config, books, gateModel } = strategyVersion;
  const settings = new Map<string, Setting>();
  const { costs } = config;
  const groups = configGroups({
    config: reportConfig(config),
    books,
    gateModel,
    benchmark: config.benchmarkInstrument === null ? null : `no. ${config.benchmarkInstrument}`,
    payments: JSON.stringify([costs.funding, costs.dividends]),
  });
  for (const { title, rows } of groups) {
    for (const { label, unit, value, exact = value } of rows) {
      settings.set(`${title} ${label}`, { label, unit, value, exact });
    }
  }
  for (const [label, value] of planRows(plan)) {
    settings.set(`Plan ${label}`, { label, unit: "", value, exact: value });
  }
  return settings;
}

function planRows(plan: Compared["plan"]): [string, string][] {
  const shown = reportPlan(plan);
  if (shown.kind === "single") return [["Plan", "single run"]];
  const { optimise, ...walkForward } = shown.walkForward;
  return [
    ["Plan", "walk-forward"],
    ...Object.entries(walkForward).map(([name, value]): [string, string] => [
      wordsOf(name),
      String(value),
    ]),
    ["Parameters", optimise === null ? "those of the strategy" : "chosen in each window"],
  ];
}
