import type { DatasetConfig } from "./dataset.ts";
import type { TimeWindow } from "./interval.ts";

const DAY_MS = 86_400_000;

/** Pairs of the published comparison by their symbols, [leg Y, leg X]: Y is regressed on X. */
export const THESIS_PAIRS: readonly (readonly [string, string])[] = [
  ["VXUS", "IXUS"],
  ["FALN", "ANGL"],
  ["VWOB", "EMB"],
  ["IUSB", "BNDW"],
  ["IUSB", "FIXD"],
  ["MBB", "BNDX"],
  ["MBB", "GNMA"],
  ["VMBS", "MBB"],
  ["BSJQ", "BSJO"],
  ["VONE", "CATH"],
  ["SCZ", "ESGD"],
  ["USVM", "FNX"],
  ["SHV", "LMBS"],
  ["QABA", "FTXO"],
  ["QABA", "KBWR"],
  ["VCSH", "IGSB"],
  ["QQEW", "ONEQ"],
  ["SOXX", "SMH"],
  ["VTC", "USIG"],
];

/**
 * The two spans that were published on, first to last day of trading, half-open, UTC ms: the accuracies of RLRT are
 * those of 250 days of 2023, the forecasts of the other models those of the 918 days before.
 */
export const THESIS_SPANS = {
  "2023": { startMs: Date.UTC(2023, 0, 3), endMs: Date.UTC(2023, 11, 30) },
  "2019-2022": { startMs: Date.UTC(2019, 4, 13), endMs: Date.UTC(2022, 11, 31) },
} as const satisfies Record<string, TimeWindow>;

export type ThesisSpan = keyof typeof THESIS_SPANS;

/**
 * The dataset that the published comparison is run on: daily bars of its pairs. The comparison reads bars alone; the
 * features and the label are the lags and the next value that its trees learn from, without its look-ahead, so that
 * other models can be trained on the same bars.
 *
 * @param books pairs [leg Y, leg X] of instruments
 * @param window of the bars
 */
export function thesisDataset(
  books: readonly (readonly [number, number])[],
  window: TimeWindow,
): DatasetConfig {
  return {
    books: books.map((book) => [...book]),
    intervalMs: DAY_MS,
    window,
    spread: { kind: "rolling", windowBars: 60, price: "level" },
    features: [
      { kind: "column", of: "spread" },
      ...[1, 2, 3, 4].map((lagBars) => ({ kind: "lag", of: "spread", lagBars }) as const),
    ],
    label: {
      ...{ kind: "change", of: "spread", horizonBars: 1, form: "difference" },
      ...{ hedge: "held", unit: "absolute", windowBars: 60 },
    },
    pooling: "each",
  };
}
