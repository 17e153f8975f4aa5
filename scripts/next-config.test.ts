import { expect, test } from "vitest";
import config from "../next.config.ts";

test("the image optimiser is off, so that its address answers 404", () => {
  expect(config.images).toEqual({ unoptimized: true });
});

test("answers do not say what made them", () => {
  expect(config.poweredByHeader).toBe(false);
});
