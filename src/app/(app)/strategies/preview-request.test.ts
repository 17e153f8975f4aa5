import { expect, test } from "vitest";
import { StrategyPreviewRequest } from "#contracts/strategy-preview.ts";
import { previewRequest } from "./preview-request.ts";
import { testConfig } from "./strategy.test-support.ts";

const CONFIG = testConfig("z-score-reversion", {
  books: [
    [1, 2],
    [1, 3],
  ],
});

test("one book is asked for", () => {
  const request = previewRequest(CONFIG, 1);
  expect(StrategyPreviewRequest.parse(request)).toEqual(request);
  expect(request.config.books).toEqual([[1, 3]]);
  expect(previewRequest(CONFIG, 7)).toEqual(request);
});

test("another size or cost asks the same, another setting of the kind does not", () => {
  const richer = testConfig("z-score-reversion", {
    ...CONFIG,
    sizing: { kind: "fixed-quantity", quantity: 1 },
    riskFreeRateAnnual: 0.02,
  });
  expect(previewRequest(richer, 0)).toEqual(previewRequest(CONFIG, 0));
  const wider = { ...CONFIG, parameters: { ...CONFIG.parameters, entryZScore: 3 } };
  expect(previewRequest(wider, 0)).not.toEqual(previewRequest(CONFIG, 0));
});
