import { expect, test } from "vitest";
import { isLiveVenue } from "./is-live-venue.ts";
import { VENUES } from "./venue.ts";

test("what an exchange streams is live, what was uploaded or generated once is not", () => {
  expect(VENUES.filter(isLiveVenue)).toEqual(["binance", "simulated"]);
});
