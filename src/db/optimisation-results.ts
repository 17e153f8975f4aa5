import { z } from "zod";
import {
  OptimisationConfig,
  type OptimisationSummary,
  type OptimisationView,
} from "#contracts/optimisation.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import type { StoredTrialColumn } from "#contracts/trial-columns.ts";
import type { Queryable } from "./client.ts";

/** What an optimisation job is to compute. */
export type OptimisationTask = {
  readonly optimisationId: string;
  readonly config: StrategyConfig;
  readonly configHash: string;
  readonly optimisation: OptimisationConfig;
  /** Since when it has been wanted: what was tried before is counted as earlier trials. */
  readonly createdAt: Date;
};

const TaskRow = z.object({
  config: StrategyConfig,
  configHash: z.string(),
  optimisation: OptimisationConfig,
  createdAt: z.date(),
});

/** The optimisation that a job is for, with its strategy version; null when it is gone. */
export async function optimisationTask(
  client: Queryable,
  workspaceId: string,
  optimisationId: string,
): Promise<OptimisationTask | null> {
  const { rows } = await client.query(
    `select v.config, v.config_hash as "configHash", o.config as optimisation,
            o.created_at as "createdAt"
       from optimisation o join strategy_version v on v.id = o.strategy_version_id
      where o.id = $2 and o.workspace_id = $1`,
    [workspaceId, optimisationId],
  );
  if (rows.length === 0) return null;
  return { optimisationId, ...TaskRow.parse(rows[0]) };
}

/**
 * Says how far a running optimisation is. The count of its trials only grows: who stops it and tries again
 * has still seen them.
 */
export async function writeOptimisationLive(
  client: Queryable,
  optimisationId: string,
  live: NonNullable<OptimisationView["live"]>,
): Promise<void> {
  await client.query(
    `update optimisation set live = $2, trial_count = greatest(trial_count, $3)
      where id = $1 and summary is null`,
    [optimisationId, JSON.stringify(live), live.trials],
  );
}

/**
 * Stores the result of an optimisation: every trial, as columns of one length. Part of the transaction that
 * finishes its job.
 */
export async function saveOptimisationResult(
  client: Queryable,
  optimisationId: string,
  result: {
    readonly summary: OptimisationSummary;
    readonly columns: readonly StoredTrialColumn[];
  },
): Promise<void> {
  const { summary, columns } = result;
  const { rowCount } = await client.query(
    `update optimisation set summary = $2, live = null, trial_count = greatest(trial_count, $3)
      where id = $1`,
    [optimisationId, JSON.stringify(summary), summary.trials],
  );
  // It was deleted for good meanwhile: there is nothing to keep columns of.
  if (rowCount === 0) return;
  await client.query("delete from optimisation_column where optimisation_id = $1", [
    optimisationId,
  ]);
  for (const { name, choices, values } of columns) {
    await client.query(
      `insert into optimisation_column (optimisation_id, name, choices, data)
       values ($1, $2, $3, $4)`,
      [
        optimisationId,
        name,
        choices === null ? null : JSON.stringify(choices),
        littleEndian(values),
      ],
    );
  }
}

function littleEndian(values: Float64Array): Buffer {
  const bytes = Buffer.alloc(values.length * Float64Array.BYTES_PER_ELEMENT);
  values.forEach((value, i) => {
    bytes.writeDoubleLE(value, i * Float64Array.BYTES_PER_ELEMENT);
  });
  return bytes;
}
