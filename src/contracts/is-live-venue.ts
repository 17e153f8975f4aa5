import type { VENUES } from "./venue.ts";

/** Whether trades of a venue arrive as they are made, so that its instruments can be watched. */
export function isLiveVenue(venue: (typeof VENUES)[number]): boolean {
  return venue === "binance" || venue === "simulated";
}
