import type { Figure } from "./figure.ts";
import { pairTests } from "./pair-tests.ts";
import { productScan } from "./product-scan.ts";
import { publishedPresets } from "./published-presets.ts";
import { scanCancel } from "./scan-cancel.ts";
import { statistics } from "./statistics.ts";

/** Speed of the statistics and of a large scan, in parts that are told as they are measured. */
export async function* scan(): AsyncGenerator<readonly Figure[]> {
  yield await pairTests();
  yield statistics();
  yield await productScan();
  yield await scanCancel();
  yield await publishedPresets();
}
