import type { TrialColumns, TrialRow } from "#contracts/optimisation.ts";

/** One trial out of the columns that were sent; its neighbours are known of the best alone. */
export function trialOfRow(columns: TrialColumns, row: number): TrialRow {
  const parameters = Object.entries(columns.parameters).map(
    ([name, column]) => [name, column[row] ?? null] as const,
  );
  const figures = Object.entries(columns.figures).map(
    ([name, column]) => [name, column[row] ?? null] as const,
  );
  return {
    trial: columns.trials[row] ?? row,
    parameters: Object.fromEntries(parameters),
    figures: Object.fromEntries(figures),
    neighbours: null,
  };
}
