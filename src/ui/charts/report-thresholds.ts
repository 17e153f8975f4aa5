import type { StrategyConfig } from "#contracts/strategy.ts";
import type { PaneThreshold } from "./pane.ts";
import { zScoreLevels } from "./spread-panes.ts";

/** Levels at which a strategy acts, by the figure that they belong to; figures of bands need none. */
export function reportThresholds({
  kind,
  parameters,
}: Pick<StrategyConfig, "kind" | "parameters">): Readonly<
  Record<string, readonly PaneThreshold[]>
> {
  const number = (name: string): number | null => {
    const value = parameters[name];
    return typeof value === "number" ? value : null;
  };
  const levels = (entry: string, exit: string, stop: string) => {
    const entryZScore = number(entry);
    if (entryZScore === null) return {};
    const exitZScore = number(exit) ?? 0;
    return { zScore: zScoreLevels({ entryZScore, exitZScore, stopZScore: number(stop) }) };
  };
  switch (kind) {
    case "z-score-reversion":
      return levels("entryZScore", "exitZScore", "stopZScore");
    case "traditional-sigma":
      return levels("entryDeviations", "exitDeviations", "stopDeviations");
    case "bollinger-spread":
    case "rlrt":
    case "ou-thresholds":
    case "momentum-ranking":
    case "indicator-vote":
      return {};
  }
}
