import {
  type CandidateRange,
  screenCandidates as screenRange,
} from "#quant/pairs/screen-candidates.ts";
import { type FunnelRows, pricesOf } from "./shared-grid.ts";

/** A range of the candidates of a universe; all columns are in memory that the threads share. */
export type CandidatesInput = FunnelRows & CandidateRange;

/** Figures of candidates of a grid that the threads share. */
export function screenCandidates(input: CandidatesInput): void {
  const { seriesCount } = input.grid;
  screenRange(input, { seriesCount, pricesOf: (row) => pricesOf(input, row) });
}
