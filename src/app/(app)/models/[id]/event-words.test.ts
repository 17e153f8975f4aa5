import { expect, test } from "vitest";
import type { ModelEventView } from "#contracts/model.ts";
import { eventWords } from "./event-words.ts";

const EVENT: ModelEventView = {
  ...{ version: 2, action: "move", fromStage: "candidate", toStage: "live" },
  ...{ reason: "", userName: "Ada", atMs: 0 },
};

test.each<{ event: Partial<ModelEventView>; words: string }>([
  { event: {}, words: "Version 2 moved from candidate to live" },
  {
    event: { action: "register", fromStage: null, toStage: "draft" },
    words: "Version 2 registered as draft",
  },
  {
    event: { action: "import", fromStage: null, toStage: "draft" },
    words: "Version 2 imported as draft",
  },
  {
    event: { action: "roll-back" },
    words: "Version 2 moved from candidate to live by a roll-back",
  },
])("an event is told: $words", ({ event, words }) => {
  expect(eventWords({ ...EVENT, ...event })).toBe(words);
});
