import { describe, expect, test } from "vitest";
import { requireSeal, sealedFile } from "./model-seal.ts";

const SECRET = "a secret of the tests that is long enough";
const sealed = sealedFile(SECRET, '{"format":"pairdesk-model","left":[1,-1]}');

describe("the seal of a model's file", () => {
  test("holds as long as nothing was changed, and leaves an object", () => {
    expect(() => requireSeal(SECRET, sealed)).not.toThrow();
    expect(JSON.parse(sealed)).toMatchObject({ format: "pairdesk-model", left: [1, -1] });
  });

  test.each([
    { name: "a number was changed", text: sealed.replace("[1,-1]", "[0,-1]") },
    { name: "there is none", text: sealed.replace(/,"seal".*/, "}") },
    { name: "it is another one", text: sealed.replace(/"seal":"./, '"seal":"_') },
    { name: "something follows", text: `${sealed} ` },
    { name: "nothing is there", text: "" },
  ])("does not hold when $name", ({ text }) => {
    expect(() => requireSeal(SECRET, text)).toThrow(/was not downloaded from this installation/);
  });

  test("is of one installation", () => {
    expect(() => requireSeal("another secret of another installation", sealed)).toThrow();
  });
});
