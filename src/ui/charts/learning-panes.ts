import type { TimeWindow } from "#contracts/interval.ts";
import { formatNumber, formatPercent } from "../format.ts";
import type { ChartPoint } from "./line-chart-data.ts";
import type { Pane, PaneLine, PaneMarker } from "./pane.ts";

export type LearningPanesInput = {
  /** Out of sample, in time order; all of one length. */
  readonly timeMs: readonly number[];
  readonly source: readonly (number | null)[];
  readonly target: readonly number[];
  /** Probability of the last class, or the value. */
  readonly predicted: readonly (number | null)[];
  /** Names, in the order of their numbers; none of a number. */
  readonly classes: readonly string[];
  readonly sourceName: string;
  /** The source itself is forecast: there is no target beside it. */
  readonly isForecast: boolean;
  /** What of it is in sight. */
  readonly window: TimeWindow;
};

/** More markers than these hide the line that they stand on. */
const MARKERS_MAX = 200;

/** What a model said of the test rows over time, beside what came. */
export function learningPanes(input: LearningPanesInput): Pane[] {
  const { timeMs, classes, sourceName, isForecast } = input;
  const points = (values: readonly (number | null)[]): ChartPoint[] =>
    timeMs.map((at, i) => [at, values[i] ?? null]);
  const predicted = points(input.predicted);
  const target = points(input.target);
  if (isForecast) {
    return [
      valuePane("source", sourceName, 260, [
        { name: "What came", colour: "spread", points: target },
        // Beside purple the accent's blue is hard to tell; dashed, it is told without colour.
        { name: "Forecast", colour: "benchmark", dashed: true, points: predicted },
      ]),
    ];
  }
  const source: PaneLine = {
    name: sourceName,
    colour: sourceName.startsWith("spread") ? "spread" : "legY",
    points: points(input.source),
  };
  if (classes.length === 0) {
    return [
      valuePane("source", sourceName, 160, [source]),
      valuePane("target", "Predicted and true", 180, [
        { name: "What came", colour: "muted", points: target },
        { name: "Predicted", colour: "accent", points: predicted },
      ]),
    ];
  }
  const last = classes.at(-1) ?? "";
  return [
    {
      ...valuePane("source", sourceName, 180, [source]),
      markers: classes.length === 2 ? markersOf(input) : [],
    },
    {
      id: "probability",
      title: `Probability of “${last}”`,
      height: 120,
      lines: [{ name: "Probability", colour: "accent", points: predicted }],
      thresholds: classes.length === 2 ? [{ value: 0.5, label: "", colour: "threshold" }] : [],
      format: (value) => formatPercent(value, { digits: 0 }),
      formatReadout: (value) => formatPercent(value, { digits: 1 }),
    },
    {
      id: "target",
      title: `What came: ${classes.map((name, number) => `${number} ${name}`).join(", ")}`,
      height: 60,
      lines: [{ name: "What came", colour: "muted", points: target }],
      format: (value) => (Number.isInteger(value) ? String(value) : ""),
      formatReadout: (value) => classes[value] ?? formatNumber(value),
    },
  ];
}

function valuePane(id: string, title: string, height: number, lines: readonly PaneLine[]): Pane {
  return {
    ...{ id, title, height, lines },
    format: (value) => formatNumber(value, { significant: 3 }),
    formatReadout: (value) => formatNumber(value),
  };
}

/** Which of two classes was said, as a shape where it was said; of many rows none. */
function markersOf(input: LearningPanesInput): PaneMarker[] {
  const { timeMs, source, predicted, window } = input;
  const inSight = timeMs.flatMap((at, i) =>
    at >= window.startMs && at <= window.endMs ? [i] : [],
  );
  if (inSight.length > MARKERS_MAX) return [];
  return inSight.flatMap((i): PaneMarker[] => {
    const value = source[i] ?? null;
    const probability = predicted[i] ?? null;
    if (value === null || probability === null) return [];
    const look =
      probability >= 0.5
        ? ({ shape: "up", colour: "long" } as const)
        : ({ shape: "down", colour: "short" } as const);
    return [{ timeMs: timeMs[i] ?? 0, value, ...look }];
  });
}
