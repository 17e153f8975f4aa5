import type { DatabaseClient } from "#db/client.ts";
import { type ScanResult, saveScanResult } from "#db/scan-results.ts";
import type { JobContext } from "./job-context.ts";
import { progressWithin } from "./progress-share.ts";

/** Share of the work before a result is stored. */
const STORING = { from: 0.75, to: 1 };

/** Stores the result of a scan. */
export function storeScan(
  { signal, progress }: JobContext,
  client: DatabaseClient,
  scanId: string,
  result: ScanResult,
): Promise<void> {
  const { pairCount } = result.summary;
  const onProgress = (done: number) =>
    progress(
      progressWithin(STORING, done),
      `Storing pairs: ${Math.round(done * pairCount)} of ${pairCount}`,
    );
  return saveScanResult(client, scanId, result, { signal, onProgress });
}
