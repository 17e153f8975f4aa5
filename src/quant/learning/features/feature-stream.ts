import { InvalidInputError } from "../../invalid-input-error.ts";
import type { NodeProgram } from "./feature-program.ts";
import type { BarColumns, FeatureBar } from "./feature-source.ts";
import { TIME_BUFFER } from "./node-list.ts";
import { nodeMemory, runNode } from "./run-node.ts";

/** What a program remembers of the bars so far; plain data, so that a stream can be stopped and resumed. */
export type FeatureStream = {
  /** The last bars of every buffer, oldest first, and room for more. */
  readonly buffers: readonly Float64Array[];
  /** One a node. */
  readonly memories: readonly Float64Array[];
  /** How many bars of the buffers are filled. */
  filled: number;
};

/** Bars at once that keep all buffers of a usual program in the caches of the processor. */
const BATCH_BARS = 2048;
/** Of a stream: bars are moved once in as many bars. */
const STREAM_BARS = 64;

/**
 * A stream before its first bar.
 *
 * @param program any
 * @param barsAtOnce most bars that come together; few unless told
 * @returns the stream
 *
 * Cost: O(buffers · (history + barsAtOnce)).
 */
export function startFeatures(program: NodeProgram, barsAtOnce = STREAM_BARS): FeatureStream {
  const room = program.historyBars + Math.max(program.historyBars, barsAtOnce);
  return {
    buffers: Array.from({ length: program.bufferCount }, () => new Float64Array(room)),
    memories: program.nodes.map(({ operation }) => nodeMemory(operation)),
    filled: 0,
  };
}

/**
 * Features of the next bar: those of featureColumns to the bit when both begin with the same bar.
 *
 * @param program of the stream
 * @param stream is written to
 * @param bar the next one; NaN or nothing where a value is missing
 * @param values written: one a feature, NaN where it has none
 * @throws {InvalidInputError} "not-finite": a value is infinite; nothing is taken in then
 *
 * Cost: O(nodes) a bar on average; a window is summed anew once in as many bars as it has.
 */
export function stepFeatures(
  program: NodeProgram,
  stream: FeatureStream,
  bar: FeatureBar,
  values: Float64Array,
): void {
  for (const { column } of program.raw) refuseInfinite(bar.values[column] ?? Number.NaN, column);
  makeRoom(program, stream, 1);
  const { buffers, filled } = stream;
  buffers[TIME_BUFFER]![filled] = bar.openTimeMs;
  for (const { column, buffer } of program.raw) {
    buffers[buffer]![filled] = bar.values[column] ?? Number.NaN;
  }
  run(program, stream, 1);
  program.results.forEach((buffer, j) => {
    values[j] = buffers[buffer]![filled]!;
  });
}

/**
 * Features of a history, one column each.
 *
 * Missing bars: a feature is NaN as long as a bar that it reads is missing, and then what it would have
 * been without the gap. Lines that grow over the whole past leave missing bars out.
 *
 * @param program of the features
 * @param bars aligned columns, n bars, oldest first
 * @returns for each feature n values; NaN where it has none. A value at bar t is made of bars up to t
 * @throws {InvalidInputError} "length-mismatch"; "not-finite": a value is infinite; "out-of-range": the
 *   bars lack a column that a feature reads
 *
 * Cost: O(nodes · n), whatever the windows. Memory: the result and a few thousand bars a buffer.
 */
export function runProgram(program: NodeProgram, bars: BarColumns): readonly Float64Array[] {
  const n = bars.openTimeMs.length;
  const inputs = program.raw.map(({ column, buffer }) => ({
    values: requireColumn(bars, column),
    buffer,
  }));
  const columns = program.results.map(() => new Float64Array(n));
  const barsAtOnce = Math.max(BATCH_BARS, program.historyBars);
  const stream = startFeatures(program, barsAtOnce);
  for (let from = 0; from < n; from += barsAtOnce) {
    const to = Math.min(n, from + barsAtOnce);
    makeRoom(program, stream, to - from);
    const { buffers, filled } = stream;
    buffers[TIME_BUFFER]!.set(bars.openTimeMs.subarray(from, to), filled);
    for (const { values, buffer } of inputs)
      buffers[buffer]!.set(values.subarray(from, to), filled);
    run(program, stream, to - from);
    program.results.forEach((buffer, j) => {
      columns[j]!.set(buffers[buffer]!.subarray(filled, stream.filled), from);
    });
  }
  return columns;
}

/** Moves the bars that are still read to the front when there is no room for more. */
function makeRoom(program: NodeProgram, stream: FeatureStream, bars: number): void {
  const { buffers, filled } = stream;
  if (filled + bars <= buffers[TIME_BUFFER]!.length) return;
  const kept = program.historyBars;
  for (const buffer of buffers) buffer.copyWithin(0, filled - kept, filled);
  stream.filled = kept;
}

function run(program: NodeProgram, stream: FeatureStream, bars: number): void {
  const { buffers, memories, filled: from } = stream;
  const to = from + bars;
  program.nodes.forEach((node, i) => {
    runNode({ node, memory: memories[i]!, buffers, from, to });
  });
  stream.filled = to;
}

function requireColumn(bars: BarColumns, column: keyof BarColumns["columns"]): Float64Array {
  const values = bars.columns[column];
  if (values === undefined) {
    throw new InvalidInputError("out-of-range", `a feature reads ${column}, which the bars lack`);
  }
  if (values.length !== bars.openTimeMs.length) {
    throw new InvalidInputError("length-mismatch", `${column} must have one value a bar`);
  }
  for (let t = 0; t < values.length; t++) refuseInfinite(values[t]!, column);
  return values;
}

function refuseInfinite(value: number, column: string): void {
  if (value === Infinity || value === -Infinity) {
    throw new InvalidInputError("not-finite", `a value of ${column} is infinite`);
  }
}
