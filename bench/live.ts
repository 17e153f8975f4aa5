import { feedLoad, LONG_SPANS, SHORT_SPANS } from "./feed-load.ts";
import type { Figure } from "./figure.ts";
import { liveDelivery } from "./live-delivery.ts";

/** The live market: what the feed takes, how fast it is stored, and how fast it is in browsers. */
export async function* live(isLong: boolean): AsyncGenerator<readonly Figure[]> {
  yield* feedLoad(isLong ? LONG_SPANS : SHORT_SPANS, 5_000);
  yield await liveDelivery(isLong ? 120 : 20);
}
