import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { LabelClass } from "#quant/learning/labels/label-spec.ts";
import { formatNumber } from "../format.ts";
import { type ChartPoint, linePoints, nearestPoint } from "./line-chart-data.ts";
import type { Pane, PaneLine, PaneMarker } from "./pane.ts";

export type DatasetPanesInput = {
  /** Lines "source", "label" and "feature". */
  series: ChartSeries;
  window: TimeWindow | null;
  /** Names of the lines. */
  source: string;
  label: string;
  feature: string;
  /** Of the label, in the order of their numbers; none of a number. */
  classes: readonly LabelClass[];
};

/** More markers than these hide the line that they stand on, and say nothing one by one. */
const MARKERS_MAX = 200;

/**
 * What a label is about, the label below it, and a feature. Of few bars each class stands as a shape at the
 * bar that it is the answer of.
 */
export function datasetPanes(input: DatasetPanesInput): Pane[] {
  const { series, window, classes } = input;
  const source = linePoints(series, "source", window);
  const label = linePoints(series, "label", window);
  const isFew = label.length <= MARKERS_MAX;
  const pane = (id: string, height: number, line: PaneLine): Pane => ({
    ...{ id, height, title: line.name, lines: [line] },
    format: (value) => formatNumber(value, { significant: 3 }),
    formatReadout: (value) => formatNumber(value),
  });
  return [
    {
      ...pane("source", 180, {
        name: input.source,
        colour: input.source.startsWith("spread") ? "spread" : "legY",
        points: source,
      }),
      markers: isFew ? markersOn(source, label, classes) : [],
    },
    labelPane(pane("label", 70, { name: input.label, colour: "accent", points: label }), classes),
    pane("feature", 90, {
      name: input.feature,
      colour: "zScore",
      points: linePoints(series, "feature", window),
    }),
  ];
}

/** Of classes the numbers of the axis are told in the title, and the pointer reads their names. */
function labelPane(pane: Pane, classes: readonly LabelClass[]): Pane {
  if (classes.length === 0) return pane;
  const named = classes.map(({ name }, number) => `${number} ${name}`).join(", ");
  return {
    ...pane,
    title: `Label: ${named}`,
    format: (value) => (Number.isInteger(value) ? String(value) : ""),
    formatReadout: (value) => classes[value]?.name ?? formatNumber(value),
  };
}

function markersOn(
  source: readonly ChartPoint[],
  label: readonly ChartPoint[],
  classes: readonly LabelClass[],
): PaneMarker[] {
  return label.flatMap(([timeMs, number]) => {
    const look = number === null ? null : lookOf(classes[number]);
    const value = look === null ? null : (nearestPoint(source, timeMs)?.[1] ?? null);
    return look === null || value === null ? [] : [{ timeMs, value, ...look }];
  });
}

/** The same shapes as the trades of a report; a class that says "neither" has none. */
function lookOf(one: LabelClass | undefined): Pick<PaneMarker, "shape" | "colour"> | null {
  switch (one?.name) {
    case undefined:
    case "time":
      return null;
    case "stop":
    case "loss":
      return { shape: "cross", colour: "stop" };
    case "profit":
      return { shape: "diamond", colour: "entry" };
    default:
      if (one?.direction === 1) return { shape: "up", colour: "long" };
      return one?.direction === -1 ? { shape: "down", colour: "short" } : null;
  }
}
