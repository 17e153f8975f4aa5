import { expect, test } from "vitest";
import type { ModelDrift } from "#contracts/model.ts";
import { featureDriftSentence, lossWords } from "./drift-words.ts";

type Measured = Extract<ModelDrift, { kind: "measured" }>;

const LOSS: Measured["loss"] = {
  ...{ name: "log-loss", rows: 400, now: 0.7, before: 0.68, zScore: 3.21, status: "worse" },
};

test("a loss that has risen is told with both figures and by how much", () => {
  expect(lossWords(LOSS)).toMatchObject({ tone: "bad" });
  expect(lossWords(LOSS).sentences[0]).toBe(
    "Over 400 rows whose labels are known by now its log loss is 0.7; when it was judged it was 0.68. That is 3.2 standard errors worse.",
  );
});

test.each<{ name: string; loss: Measured["loss"]; tone: string; text: RegExp }>([
  {
    name: "is better",
    loss: { ...LOSS, zScore: -1, status: "stable" },
    ...{ tone: "good", text: /1 standard error better\.$/ },
  },
  {
    name: "is not known yet",
    loss: { ...LOSS, now: null, rows: 0, zScore: null, status: "unknown" },
    ...{ tone: "neutral", text: /no log loss of now; when it was judged it was 0\.68\.$/ },
  },
  {
    name: "has nothing to be compared with",
    loss: { ...LOSS, before: null, zScore: null, status: "unknown" },
    ...{ tone: "neutral", text: /it was not judged out of sample\.$/ },
  },
])("a loss that $name is said to be so", ({ loss, tone, text }) => {
  const words = lossWords(loss);
  expect(words.tone).toBe(tone);
  expect(words.sentences[0]).toMatch(text);
});

const features = (...statuses: Measured["features"][number]["status"][]) =>
  statuses.map((status, i) => ({ name: `f${i}`, psi: 0.1, byLuck: 0.05, status }));

test.each([
  { name: "none", list: features(), sentence: "It reads no features." },
  {
    name: "stable ones",
    list: features("stable", "unknown"),
    sentence: "No feature has changed worth a look.",
  },
  {
    name: "unknown ones",
    list: features("unknown"),
    sentence: "There are too few rows to say how features have changed.",
  },
  {
    name: "changed ones",
    list: features("major", "moderate", "moderate", "stable"),
    sentence: "Of 4 features 1 changed much, 2 somewhat.",
  },
])("of $name it is said: $sentence", ({ list, sentence }) => {
  expect(featureDriftSentence(list)).toBe(sentence);
});
