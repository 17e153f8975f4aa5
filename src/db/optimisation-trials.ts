import type { TrialColumns } from "#contracts/optimisation.ts";
import {
  FIGURE_COLUMN,
  PARAMETER_COLUMN,
  type StoredTrialColumn,
  trialParameter,
} from "#contracts/trial-columns.ts";
import type { ParameterValue } from "#quant/strategies/strategy-parameters.ts";
import type { Database } from "./client.ts";
import { found } from "./found.ts";

/**
 * Stored columns of an optimisation.
 *
 * @param names of columns, or what their names begin with
 * @returns in the order of their names; empty while there is no result
 * @throws {AppError} not-found
 */
export async function trialColumns(
  database: Database,
  workspaceId: string,
  id: string,
  names: readonly string[],
): Promise<StoredTrialColumn[]> {
  const owned = await database.pool.query(
    "select from optimisation where workspace_id = $1 and id = $2 and deleted_at is null",
    [workspaceId, id],
  );
  found(owned.rows[0], "optimisation");
  const { rows } = await database.pool.query<{
    name: string;
    choices: ParameterValue[] | null;
    data: Buffer;
  }>(
    `select name, choices, data from optimisation_column
      where optimisation_id = $1 and exists (select from unnest($2::text[]) wanted
                                              where starts_with(name, wanted))
      order by name`,
    [id, names],
  );
  return rows.map(({ name, choices, data }) => ({ name, choices, values: float64s(data) }));
}

function float64s(data: Buffer): Float64Array {
  const count = data.length / Float64Array.BYTES_PER_ELEMENT;
  return Float64Array.from({ length: count }, (_, i) =>
    data.readDoubleLE(i * Float64Array.BYTES_PER_ELEMENT),
  );
}

/** Finer than any chart of trials shows, and half the bytes. */
const TRIAL_DIGITS = 8;

/** Values of figures that are sent at once: 100,000 trials with six figures are some 8 MB of JSON. */
const FIGURE_VALUES_MAX = 600_000;

/**
 * Trials for charts: what was varied, and the figures asked for; null is no value. Of more trials than
 * asked for, or than so many figures leave room for, evenly spread ones.
 *
 * @returns without a result: no trials
 * @throws {AppError} not-found
 */
export async function chartTrials(
  database: Database,
  workspaceId: string,
  id: string,
  { figures, trialsMax }: { readonly figures: readonly string[]; readonly trialsMax: number },
): Promise<TrialColumns> {
  const wanted = figures.map((name) => FIGURE_COLUMN + name);
  const stored = await trialColumns(database, workspaceId, id, [PARAMETER_COLUMN, ...wanted]);
  const total = stored[0]?.values.length ?? 0;
  const room = Math.floor(FIGURE_VALUES_MAX / Math.max(1, figures.length));
  const count = Math.min(total, trialsMax, room);
  const trials = Array.from({ length: count }, (_, i) => Math.floor((i * total) / count));
  const parametersByName = stored
    .filter(({ name }) => name.startsWith(PARAMETER_COLUMN))
    .map((column) => [
      column.name.slice(PARAMETER_COLUMN.length),
      trials.map((trial) => trialParameter(column, trial)),
    ]);
  const figuresByName = stored
    .filter(({ name }) => wanted.includes(name))
    .map(({ name, values }) => [
      name.slice(FIGURE_COLUMN.length),
      trials.map((trial) => shortFigure(values[trial])),
    ]);
  return {
    count,
    trials,
    parameters: Object.fromEntries(parametersByName),
    figures: Object.fromEntries(figuresByName),
  };
}

function shortFigure(value: number | undefined): number | null {
  if (value === undefined || !Number.isFinite(value)) return null;
  return Number(value.toPrecision(TRIAL_DIGITS));
}
