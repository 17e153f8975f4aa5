import { expect, test } from "vitest";
import { combinationsInWords } from "./combinations-in-words.ts";

test.each([
  { count: 1n, words: "1 combination" },
  { count: 121n, words: "121 combinations" },
  { count: 100_001n, words: "100,001 combinations" },
  { count: 2_000_000n, words: "2,000,000 combinations (2 million)" },
  { count: 1_234_567_890n, words: "1,234,567,890 combinations (1.2 billion)" },
  { count: 4_500_000_000_000_000_000n, words: "about 4.5 quintillion combinations" },
  { count: 10n ** 30n, words: "more than 10^30 combinations" },
])("$count is said as $words", ({ count, words }) => {
  expect(combinationsInWords(count)).toBe(words);
});
