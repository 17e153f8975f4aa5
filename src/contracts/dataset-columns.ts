import { BASE_COLUMNS, type BaseColumn } from "#quant/learning/features/feature-source.ts";
import type { FeatureSource, FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";

const OF_INSTRUMENT: readonly BaseColumn[] = ["close", "high", "low", "volume"];
const OF_PAIR: readonly BaseColumn[] = [
  ...(["spread", "hedge-ratio"] as const),
  ...([
    "close-y",
    "close-x",
    "high-y",
    "high-x",
    "low-y",
    "low-x",
    "volume-y",
    "volume-x",
  ] as const),
];

/**
 * Columns that features and labels may begin with.
 *
 * @param legCount 2 of pairs, 1 of instruments
 */
export function baseColumnsOf(legCount: number): readonly BaseColumn[] {
  return legCount === 2 ? OF_PAIR : OF_INSTRUMENT;
}

/** A place within a feature or label that reads what its books do not have. */
export type ForeignColumn = { readonly path: readonly string[]; readonly message: string };

/**
 * What a feature or label reads that its books do not have: a spread of one instrument, a plain close of a
 * pair.
 *
 * @param spec with valid values
 * @param legCount 2 of pairs, 1 of instruments
 */
export function foreignColumns(
  spec: FeatureSpec | LabelSpec,
  legCount: number,
): readonly ForeignColumn[] {
  if (spec.kind === "atr") {
    if ((spec.instrument === "own") === (legCount === 1)) return [];
    const message = legCount === 1 ? "One instrument has no legs" : "Choose leg Y or leg X";
    return [{ path: ["instrument"], message }];
  }
  const known = baseColumnsOf(legCount);
  return sourcesOf(spec).flatMap(([field, source]) => {
    if (typeof source !== "string") {
      return foreignColumns(source, legCount).map(({ path, message }) => ({
        path: [field, ...path],
        message,
      }));
    }
    if (known.includes(source)) return [];
    const whose = legCount === 1 ? "One instrument" : "A pair";
    return [{ path: [field], message: `${whose} has no column “${BASE_COLUMNS[source]}”` }];
  });
}

type Sourced = Exclude<FeatureSpec | LabelSpec, { readonly kind: "atr" }>;

function sourcesOf(spec: Sourced): readonly (readonly [string, FeatureSource])[] {
  switch (spec.kind) {
    case "time":
      return [];
    case "difference":
      return [
        ["of", spec.of],
        ["minus", spec.minus],
      ];
    case "crossover":
    case "rule":
      return [
        ["of", spec.of],
        ["over", spec.over],
      ];
    default:
      return [["of", spec.of]];
  }
}
