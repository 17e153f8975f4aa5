import { formatInteger, formatPercent } from "../format.ts";
import type { ChartPoint } from "./line-chart-data.ts";
import type { Pane, PaneMarker } from "./pane.ts";

/** Name of the figure that a gated strategy has besides those of its own. */
export const GATE_FIGURE = "gateShare";

/** What a model did to an entry: let it through whole or in part, or kept it out. */
const MARKERS = {
  approved: { shape: "diamond", colour: "entry" },
  sized: { shape: "square", colour: "threshold" },
  vetoed: { shape: "cross", colour: "stop" },
} as const;

/**
 * What the model behind a strategy did to its entries: a mark at each that was put to it, at the share that it let
 * through.
 *
 * @param points share granted at the bars of an entry, null at all others
 * @param isFull whether every bar of the window is among them
 */
export function gatePane(points: readonly ChartPoint[], isFull: boolean): Pane {
  const markers = points.flatMap(([timeMs, value]): PaneMarker[] =>
    value === null ? [] : [{ timeMs, value, ...MARKERS[outcomeOf(value)] }],
  );
  return {
    id: "gate",
    title: "Gate",
    about: aboutOf(points, isFull),
    height: 110,
    // Between two entries the model was not asked: nothing is there to be joined by a line.
    lines: [{ name: "Share of the entry let through", colour: "entry", points, shape: "none" }],
    markers,
    thresholds: [
      { value: 1, label: "approved", colour: "threshold" },
      { value: 0, label: "vetoed", colour: "threshold" },
    ],
    format: (value) => formatPercent(value, { digits: 0 }),
    formatReadout: (value) => `${formatPercent(value, { digits: 1 })} let through`,
  };
}

function outcomeOf(share: number): keyof typeof MARKERS {
  if (share <= 0) return "vetoed";
  return share >= 1 ? "approved" : "sized";
}

function aboutOf(points: readonly ChartPoint[], isFull: boolean): string {
  const outcomes = points.flatMap(([, value]) => (value === null ? [] : [outcomeOf(value)]));
  const what = "share of each entry that the model let through";
  if (outcomes.length === 0) return `no entry was put to the model here · ${what}`;
  // Some bars are left out of a long window: what is drawn of it cannot be counted.
  if (!isFull) return `◆ approved, ■ sized down, ✕ vetoed; zoom in for each · ${what}`;
  const count = (outcome: keyof typeof MARKERS) =>
    formatInteger(outcomes.filter((one) => one === outcome).length);
  return `◆ ${count("approved")} approved, ■ ${count("sized")} sized down, ✕ ${count("vetoed")} vetoed · ${what}`;
}
