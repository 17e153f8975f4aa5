import { randomUUID } from "node:crypto";
import { THESIS_PAIRS, thesisDataset } from "#contracts/thesis-comparison.ts";
import { createDataset } from "#db/datasets.ts";
import { jobById } from "#db/jobs.ts";
import { startLearningRun } from "#db/learning-runs.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure } from "./figure.ts";
import { type ScanUniverse, withScanUniverse, withWorker } from "./scan-universe.ts";

/** As many pairs as were published, over as many bars as the forecasts were: days of trading, May 2019 to 2022. */
const PAIRS = THESIS_PAIRS.length;
const BARS = 918;
const SECONDS_MAX = 600;

/** The published comparison of five models as a job on two cores, from its entry into the queue to its commit. */
export function learningJob(): Promise<readonly Figure[]> {
  return withScanUniverse({ series: 2 * PAIRS, bars: BARS, logPrices: walks() }, (universe) =>
    withWorker(universe, async () => {
      const seconds = await comparison(universe);
      const name = `published comparison, ${PAIRS} pairs × ${BARS} bars, five models, as a job`;
      return [atMost(name, seconds, SECONDS_MAX, "s")];
    }),
  );
}

async function comparison({ database, workspaceId, window }: ScanUniverse): Promise<number> {
  const { rows } = await database.pool.query<{ id: number; intervalMs: number }>(
    `select i.id, s.interval_ms as "intervalMs"
       from instrument i join bar_series s on s.instrument_id = i.id
      where i.workspace_id = $1 order by i.id`,
    [workspaceId],
  );
  const [first] = rows;
  if (first === undefined) throw new Error("Invariant: the universe has instruments");
  const books = Array.from(
    { length: PAIRS },
    (_, pair) => [rows[2 * pair]?.id ?? 0, rows[2 * pair + 1]?.id ?? 0] as const,
  );
  const config = { ...thesisDataset(books, window), intervalMs: first.intervalMs };
  const { versionId } = await createDataset(database, workspaceId, {
    name: "Published pairs",
    notes: "",
    config,
  });
  const startedAt = performance.now();
  const { jobId } = await startLearningRun(
    database,
    { workspaceId, userId: randomUUID() },
    { datasetVersionId: versionId, name: "Comparison", config: { kind: "thesis", seed: 1 } },
  );
  for (;;) {
    const job = await jobById(database, workspaceId, jobId);
    if (job?.state === "succeeded") return (performance.now() - startedAt) / 1000;
    if (job?.state === "failed") throw new Error(`the run failed: ${job.error?.message ?? ""}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Pairs that return to each other: the second of each is the first and a gap. */
function walks(): Float64Array[] {
  return Array.from({ length: PAIRS }, (_, pair) => {
    const { gaussian } = createRandom(9, pair);
    let [walk, gap] = [4, 0];
    const x = new Float64Array(BARS);
    const y = x.map((_, t) => {
      walk += 0.01 * gaussian();
      gap = 0.9 * gap + 0.005 * gaussian();
      x[t] = walk;
      return walk + gap;
    });
    return [y, x];
  }).flat();
}
