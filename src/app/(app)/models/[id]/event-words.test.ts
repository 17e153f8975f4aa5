import { expect, test } from "vitest";
import type { ModelEventView, ModelStage } from "#contracts/model.ts";
import { eventWords } from "./event-words.ts";
import { rollBackTarget } from "./roll-back-target.ts";

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

const stagesOf = (stages: readonly ModelStage[]) =>
  stages.map((stage, i) => ({ version: i + 1, stage }));
const went = (...versions: number[]) =>
  versions.map((version): ModelEventView => ({ ...EVENT, version })).toReversed();

test.each<{ name: string; stages: readonly ModelStage[]; live: number[]; target: number | null }>([
  { name: "nothing was live", stages: ["draft"], live: [], target: null },
  { name: "only the present one was", stages: ["live"], live: [1], target: null },
  { name: "another one was before", stages: ["candidate", "live"], live: [1, 2], target: 1 },
  { name: "it went back and forth", stages: ["live", "candidate"], live: [1, 2, 1], target: 2 },
  { name: "the last one was retired", stages: ["candidate", "retired"], live: [1, 2], target: 2 },
])("where $name a roll-back leads to $target", ({ stages, live, target }) => {
  const versions = stagesOf(stages);
  expect(rollBackTarget({ versions, events: went(...live) })).toBe(target);
});
