import { historyBars } from "./feature-program.ts";
import type { BarColumns } from "./feature-source.ts";
import { runProgram } from "./feature-stream.ts";
import { createNodeList, spreadBuffers } from "./node-list.ts";
import { requireSpread } from "./read-feature.ts";
import { type SpreadSpec, spreadLookBackBars, spreadWarmUpBars } from "./spread-spec.ts";

/** The spread of a pair with what it is made of, one value a bar. */
export type SpreadColumns = {
  /** Prices of the legs on the scale of the spread; NaN where missing, or without a logarithm. */
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** Line of each bar; NaN before there is one. */
  readonly hedgeRatio: Float64Array;
  readonly intercept: Float64Array;
  /** y − intercept − hedgeRatio · x. */
  readonly spread: Float64Array;
  /** Bars before its own that a spread reads; Infinity of the whole past. */
  readonly lookBackBars: number;
  /** First bar that can have a spread when none is missing. */
  readonly warmUpBars: number;
};

/**
 * Spread of a pair without look-ahead: each bar by a line that was known at that bar.
 *
 * @param bars with the closes of both legs, n bars, oldest first; NaN where missing
 * @param spread how the line is found; see SpreadSpec
 * @returns columns of n values; see SpreadColumns
 * @throws {InvalidInputError} as runProgram; "out-of-range": a value of the spread
 *
 * Cost: O(n), whatever the window. The prefix law is tested. Checked: against rollingOls, expandingOls and
 * kalmanHedgeFit.
 */
export function spreadColumns(bars: BarColumns, spread: SpreadSpec): SpreadColumns {
  requireSpread(spread);
  const list = createNodeList(spread);
  const buffers = spreadBuffers(list);
  const { raw, nodes, bufferCount } = list;
  const results = [buffers.y, buffers.x, buffers.slope, buffers.intercept, buffers.spread];
  const program = { raw, nodes, bufferCount, results, historyBars: historyBars(nodes) };
  const [y, x, hedgeRatio, intercept, values] = runProgram(program, bars);
  return {
    y: y!,
    x: x!,
    hedgeRatio: hedgeRatio!,
    intercept: intercept!,
    spread: values!,
    lookBackBars: spreadLookBackBars(spread),
    warmUpBars: spreadWarmUpBars(spread),
  };
}
