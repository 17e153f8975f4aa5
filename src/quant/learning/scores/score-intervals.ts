import type { FigureInterval } from "../../performance/performance-intervals.ts";
import { redrawInterval } from "./redraw-interval.ts";
import { eachRedraw, type RowResamplingOptions, rowRedraw } from "./redrawn-rows.ts";
import { type RowScore, sharedRowCount } from "./row-score.ts";

/** A score of all rows, with the interval of its resamples, see redrawInterval. */
export type ScoreInterval = FigureInterval & { readonly value: number };

/** How rows were redrawn. */
export type RowDrawing = {
  readonly rows: number;
  readonly seed: number;
  readonly replications: number;
  readonly confidence: number;
  readonly meanBlockRows: number;
};

/** Intervals of scores, or why there are none. */
export type ScoreIntervals =
  | (RowDrawing & {
      readonly kind: "intervals";
      /** One a score; null where it has no value, or had none in half of the resamples. */
      readonly scores: readonly (ScoreInterval | null)[];
    })
  | { readonly kind: "refused"; readonly reason: "too-few-rows" | "no-variance" };

/** A difference of two scores, first − second, and the share of resamples above 0, ties half. */
export type ScoreDifference = FigureInterval & {
  readonly difference: number;
  readonly aboveShare: number;
};

/** How two scores of the same rows differ, or why that cannot be said. */
export type ScoreDifferenceInterval =
  | (RowDrawing & {
      readonly kind: "difference";
      /** Null where one of both has no value, or had none in half of the resamples. */
      readonly score: ScoreDifference | null;
    })
  | { readonly kind: "refused"; readonly reason: "too-few-rows" | "no-difference" };

/**
 * Score intervals: between what values scores would have fallen, had the rows been drawn again with the
 * same dependence from row to row.
 *
 * Stationary bootstrap, all scores of the same redrawn rows; stretched percentiles, see redrawInterval. Of
 * means of 250 rows, nominal 90 %: 89 % cover of an autoregression of 0.8, 90 % of labels that overlap over
 * 5 rows (bare percentiles of blocks of bootstrapBlockLength: 77 % and 83 %).
 *
 * @param scores of the same rows, in order of time; those of several pairs by time, not by pair
 * @param options seed, replications, confidence, horizon of the labels in rows, progress
 * @returns see ScoreIntervals; refused below 20 rows or three horizons, and where nothing varies
 * @throws {InvalidInputError} "length-mismatch", "too-short": no scores; "out-of-range": an option
 *
 * Cost: O(replications · (n + the scores)), about half a second for 1,000 replications of 20,000 rows and a
 * score. Source: Politis and Romano (1994).
 */
export function scoreIntervals(
  scores: readonly RowScore[],
  options: RowResamplingOptions,
): ScoreIntervals {
  const rows = sharedRowCount(scores);
  const redraw = rowRedraw(
    scores.map(({ memory }) => memory),
    options,
  );
  if (typeof redraw === "string") return { kind: "refused", reason: redraw };
  const drawn = scores.map(() => new Float64Array(redraw.replications));
  eachRedraw(redraw, (places, replication) => {
    for (let s = 0; s < scores.length; s++) drawn[s]![replication] = scores[s]!.at(places);
  });
  const all = allPlaces(rows);
  return {
    kind: "intervals",
    scores: scores.map((score, s) => {
      const value = score.at(all);
      const interval = redrawInterval(drawn[s]!, redraw, score.range);
      return Number.isNaN(value) || interval === null ? null : { value, ...interval };
    }),
    ...drawingOf(redraw),
  };
}

/** Of a table of many scores half as many as of one by itself. */
const TABLE_REPLICATIONS = 500;

/**
 * Named intervals: 95 % intervals of the scores of a table, all from the same 500 redrawn rows.
 *
 * @param scores of the same rows, by name
 * @param options seed, and horizon of the labels in rows
 * @returns by name; without those that have none, see scoreIntervals
 * @throws {InvalidInputError} as scoreIntervals
 */
export function namedIntervals(
  scores: Readonly<Record<string, RowScore>>,
  options: Pick<RowResamplingOptions, "seed" | "horizonRows">,
): Record<string, { lower: number; upper: number }> {
  const drawn = scoreIntervals(Object.values(scores), {
    ...options,
    replications: TABLE_REPLICATIONS,
  });
  if (drawn.kind === "refused") return {};
  return Object.fromEntries(
    Object.keys(scores).flatMap((name, i) => {
      const interval = drawn.scores[i];
      if (interval === null || interval === undefined) return [];
      return [[name, { lower: interval.lower, upper: interval.upper }]];
    }),
  );
}

/**
 * Score difference: by how much one model's score differs from another's on the same rows, and how sure
 * that is.
 *
 * Both are told of the same redrawn rows, so that what makes a row easy or hard for both is in neither
 * interval. The blocks are as long as the memory of the difference asks for.
 *
 * @param first a score of rows in order of time
 * @param second the same score of another model, of the same rows
 * @param options seed, replications, confidence, horizon of the labels in rows, progress
 * @returns see ScoreDifferenceInterval; refused below 20 rows or three horizons, and where the models do
 *   not differ
 * @throws {InvalidInputError} "length-mismatch", "too-short"; "out-of-range": an option
 *
 * Cost: as scoreIntervals of two. Source: Politis and Romano (1994).
 */
export function scoreDifference(
  first: RowScore,
  second: RowScore,
  options: RowResamplingOptions,
): ScoreDifferenceInterval {
  const rows = sharedRowCount([first, second]);
  const redraw = rowRedraw([first.memory.map((value, i) => value - second.memory[i]!)], options);
  if (redraw === "too-few-rows") return { kind: "refused", reason: redraw };
  if (redraw === "no-variance") return { kind: "refused", reason: "no-difference" };
  const drawn = new Float64Array(redraw.replications);
  eachRedraw(redraw, (places, replication) => {
    drawn[replication] = first.at(places) - second.at(places);
  });
  const all = allPlaces(rows);
  const difference = first.at(all) - second.at(all);
  const interval = redrawInterval(drawn, redraw, {
    least: first.range.least - second.range.most,
    most: first.range.most - second.range.least,
  });
  const isKnown = !Number.isNaN(difference) && interval !== null;
  return {
    kind: "difference",
    score: isKnown ? { difference, aboveShare: shareAbove(drawn), ...interval } : null,
    ...drawingOf(redraw),
  };
}

function shareAbove(drawn: Float64Array): number {
  let known = 0;
  let above = 0;
  for (const value of drawn) {
    if (Number.isNaN(value)) continue;
    known += 1;
    above += (1 + Math.sign(value)) / 2;
  }
  return above / known;
}

function drawingOf({
  rows,
  seed,
  replications,
  confidence,
  meanBlockRows,
}: RowDrawing): RowDrawing {
  return { rows, seed, replications, confidence, meanBlockRows };
}

function allPlaces(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i);
}
