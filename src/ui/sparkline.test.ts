import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline.tsx";

const scale = { width: 20, y: (value: number) => 10 - value };

test("a missing value lifts the pen: a gap is never bridged", () => {
  expect(sparklinePath([1, null, 3], scale)).toBe("M0.0 9.0M20.0 7.0");
});

test("values in a row are one line over the whole width", () => {
  expect(sparklinePath([0, 1, 2], scale)).toBe("M0.0 10.0L10.0 9.0L20.0 8.0");
});
