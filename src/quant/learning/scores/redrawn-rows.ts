import { InvalidInputError } from "../../invalid-input-error.ts";
import { blockPlaces } from "../../performance/block-places.ts";
import { bootstrapBlockLength } from "../../performance/bootstrap-block-length.ts";
import {
  barsPerStep,
  type ResamplingOptions,
  resamplingOptions,
} from "../../performance/resampled-steps.ts";
import { createRandom } from "../../synthetic/random.ts";

/** How rows are redrawn; the same options give the same numbers to the bit. */
export type RowResamplingOptions = ResamplingOptions & {
  /**
   * Rows until the answer to a row is known, at least 1, which is the default: labels of rows nearer to each
   * other overlap, so that no shorter block keeps what binds them. Of several pairs, bars times pairs.
   */
  readonly horizonRows?: number;
  /** Called with the share done, in [0, 1]; throws to cancel. */
  readonly onProgress?: (share: number) => void;
};

/** A plan to redraw rows. */
export type RowRedraw = Required<ResamplingOptions> & {
  readonly rows: number;
  readonly meanBlockRows: number;
  /** Rows that always stay together: more than 1 of a long record, see STEPS_MAX. */
  readonly rowsPerStep: number;
  readonly onProgress: ((share: number) => void) | null;
};

/** bootstrapBlockLength needs as many. */
const STEPS_MIN = 20;

/**
 * A variance is best guessed from short blocks, an interval is best covered by longer ones: of so many
 * lengths of the former, and of so many horizons, at most this share of the rows.
 */
const LENGTHS_PER_BLOCK = 3;
const HORIZONS_PER_BLOCK = 2;
const BLOCK_SHARE_MAX = 0.2;

/** Replications between two reports of progress: at 20,000 rows a few hundredths of a second. */
const REPORT_EVERY = 25;

/**
 * Row redraw: how rows in time order are to be drawn again so that what follows each other stays together.
 *
 * The mean block is three times the longest bootstrapBlockLength of the given series and at least two
 * horizons, but no more than a fifth of the rows unless a horizon is.
 *
 * @param memories series of one value a row, of equal lengths; rows of several pairs in order of time; the same
 *   one again costs nothing
 * @param options seed, replications, confidence, horizon
 * @returns the plan; "too-few-rows": below 20, or below three horizons; "no-variance": no series varies
 * @throws {InvalidInputError} "out-of-range": an option; "not-finite"
 *
 * Cost: O(series · n √n).
 */
export function rowRedraw(
  memories: readonly Float64Array[],
  options: RowResamplingOptions,
): RowRedraw | "too-few-rows" | "no-variance" {
  const { seed, replications, confidence } = resamplingOptions(options);
  const { horizonRows = 1, onProgress = null } = options;
  if (!(Number.isInteger(horizonRows) && horizonRows >= 1)) {
    throw new InvalidInputError("out-of-range", "the horizon must be a whole number of at least 1");
  }
  const rows = memories[0]!.length;
  const rowsPerStep = barsPerStep(rows);
  if (rows < Math.max(STEPS_MIN, 3 * horizonRows)) return "too-few-rows";
  let longest: number | null = null;
  for (const memory of new Set(memories)) {
    const steps = blockLengthOf(stepMeans(memory, rowsPerStep));
    if (steps !== null) longest = Math.max(longest ?? 0, steps * rowsPerStep);
  }
  if (longest === null) return "no-variance";
  const wanted = Math.max(LENGTHS_PER_BLOCK * longest, HORIZONS_PER_BLOCK * horizonRows);
  const meanBlockRows = Math.min(wanted, Math.max(BLOCK_SHARE_MAX * rows, horizonRows));
  return { seed, replications, confidence, rows, meanBlockRows, rowsPerStep, onProgress };
}

/**
 * Draws the rows of a plan again and again.
 *
 * @param redraw of rowRedraw
 * @param visit is given the rows that were drawn, as many as there are, and which drawing it is; the array
 *   is written to again
 *
 * Cost: O(replications · (n + visit)). Source: Politis and Romano (1994).
 */
export function eachRedraw(
  redraw: RowRedraw,
  visit: (places: Int32Array, replication: number) => void,
): void {
  const { rows, rowsPerStep, meanBlockRows, replications, onProgress } = redraw;
  const random = createRandom(redraw.seed);
  const places = new Int32Array(rows);
  const steps = Math.ceil(rows / rowsPerStep);
  for (let replication = 0; replication < replications; replication++) {
    if (replication % REPORT_EVERY === 0) onProgress?.(replication / replications);
    const nextStep = blockPlaces(steps, Math.max(1, meanBlockRows / rowsPerStep), random);
    if (rowsPerStep === 1) {
      for (let i = 0; i < rows; i++) places[i] = nextStep();
    } else {
      fillByStep(places, rowsPerStep, nextStep);
    }
    visit(places, replication);
  }
  onProgress?.(1);
}

function fillByStep(places: Int32Array, rowsPerStep: number, nextStep: () => number): void {
  const rows = places.length;
  let drawn = 0;
  while (drawn < rows) {
    const from = nextStep() * rowsPerStep;
    // The last step may be short, and the last drawn one is cut.
    const to = Math.min(from + rowsPerStep, rows, from + rows - drawn);
    for (let row = from; row < to; row++) {
      places[drawn] = row;
      drawn += 1;
    }
  }
}

function blockLengthOf(series: Float64Array): number | null {
  try {
    return bootstrapBlockLength(series);
  } catch (error) {
    // A series that does not vary has no memory: here an answer, not a mistake of the caller.
    if (error instanceof InvalidInputError && error.code === "constant") return null;
    throw error;
  }
}

function stepMeans(values: Float64Array, rowsPerStep: number): Float64Array {
  if (rowsPerStep === 1) return values;
  const rows = values.length;
  return Float64Array.from({ length: Math.ceil(rows / rowsPerStep) }, (_, step) => {
    const to = Math.min((step + 1) * rowsPerStep, rows);
    let sum = 0;
    for (let row = step * rowsPerStep; row < to; row++) sum += values[row]!;
    return sum / (to - step * rowsPerStep);
  });
}
