import { expect, test } from "vitest";
import { moveConsequence, otherStages, usualStage } from "./move-words.ts";

test("a promotion says which version it replaces", () => {
  const move = { version: 3, from: "draft", to: "live" } as const;
  expect(moveConsequence({ ...move, live: 1 })).toMatch(/^It takes the place of version 1,/);
  expect(moveConsequence({ ...move, live: null })).toMatch(/^No version is live\./);
});

test("taking the live version away says that nobody answers then", () => {
  const move = { version: 3, from: "live", to: "retired", live: 3 } as const;
  expect(moveConsequence(move)).toMatch(/gets no answer/);
});

test("any other move changes nothing for whoever uses the model", () => {
  const move = { version: 3, from: "draft", to: "candidate", live: 1 } as const;
  expect(moveConsequence(move)).toMatch(/^Nothing changes/);
});

test("a version can be moved anywhere but to where it is", () => {
  expect(otherStages("candidate")).toEqual(["draft", "live", "retired"]);
});

test.each(["draft", "candidate", "live", "retired"] as const)(
  "a %s is offered another stage",
  (from) => {
    expect(otherStages(from)).toContain(usualStage(from));
  },
);
