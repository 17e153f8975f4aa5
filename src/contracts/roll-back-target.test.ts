import { expect, test } from "vitest";
import { rollBackTarget } from "./roll-back-target.ts";

type Event = Parameters<typeof rollBackTarget>[0]["events"][number];

const up = (version: number): Event => ({ version, action: "move", toStage: "live" });
const back = (version: number): Event => ({ version, action: "roll-back", toStage: "live" });
const down = (version: number): Event => ({ version, action: "move", toStage: "retired" });

test.each([
  { name: "nothing was ever live", events: [], live: null, is: null },
  { name: "only the present one was", events: [up(1)], live: 1, is: null },
  { name: "the one before", events: [up(1), up(3)], live: 3, is: 1 },
  { name: "further back, not forth again", events: [up(1), up(2), up(3), back(2)], live: 2, is: 1 },
  { name: "to the end", events: [up(1), up(2), back(1)], live: 1, is: null },
  { name: "after a new one", events: [up(1), up(2), back(1), up(4)], live: 4, is: 1 },
  { name: "what was retired", events: [up(1), down(1)], live: null, is: 1 },
  { name: "promoted twice", events: [up(1), up(2), up(1)], live: 1, is: 2 },
])("a roll-back leads to $is: $name", ({ events, live, is }) => {
  expect(rollBackTarget({ live, events: events.toReversed() })).toBe(is);
});
