import { expect, test } from "vitest";
import { signInHref } from "./sign-in-href.ts";

test("a page with view state is named whole, so that one lands there after signing in", () => {
  expect(signInHref("/discover/scans/1?tab=map&sort=p")).toBe(
    "/sign-in?next=%2Fdiscover%2Fscans%2F1%3Ftab%3Dmap%26sort%3Dp",
  );
});

test.each([null, "/home"])("the page that one comes to anyway is not named: %s", (path) => {
  expect(signInHref(path)).toBe("/sign-in");
});
