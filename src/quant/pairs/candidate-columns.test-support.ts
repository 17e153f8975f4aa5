import {
  type CandidateColumns,
  candidateColumnsBytes,
  candidateColumnsIn,
  writeCandidate,
} from "./candidate-columns.ts";
import type { CandidateFigures } from "./candidate-figures.ts";

/** Columns of candidates that are given one by one. */
export function candidateColumnsOf(figures: readonly CandidateFigures[]): CandidateColumns {
  const { length } = figures;
  const columns = candidateColumnsIn(new ArrayBuffer(candidateColumnsBytes(length)), length);
  for (const [i, one] of figures.entries()) writeCandidate(columns, i, one);
  return columns;
}
