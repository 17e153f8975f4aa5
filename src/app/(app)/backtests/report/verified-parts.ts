import type { Verification } from "#contracts/verification.ts";
import { formatNumber } from "#ui/format.ts";
import { METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";
import { wordsOf } from "./report-words.ts";

type Part = NonNullable<Verification["outcome"]>["parts"][number];

const METRIC_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(METRIC_DEFINITIONS).map(([name, { label }]) => [name, label]),
);

/** What a compared part is called: a figure by its own name. */
export function partLabel(name: string): string {
  return METRIC_LABELS[name] ?? wordsOf(name);
}

/** A value as a table shows it: hashes by their beginning, numbers to what can be read. */
export function partText(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return `${text.slice(0, 12)}…`;
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value)
    ? text
    : formatNumber(value, { significant: 8 });
}

/** Those that differ first: a reader looks for them. */
export function partsInOrder(parts: readonly Part[]): readonly Part[] {
  return [...parts.filter(({ agrees }) => !agrees), ...parts.filter(({ agrees }) => agrees)];
}
