import type { DatasetPreview } from "#contracts/dataset.ts";
import { formatInteger } from "#ui/format.ts";
import { lookBackWords } from "./feature-words.ts";

type Previewed = Extract<DatasetPreview, { kind: "previewed" }>;

const REASONS: Readonly<Record<string, string>> = {
  "look-back": "at the beginning, with too little before it",
  gap: "without a row, as one that is read is missing",
  "past-end": "at the end, where the label would read past the data",
  undefined: "without a value, as nothing moved or a division is by zero",
};

/** Why bars give no row, in plain words. */
export function missingWords(reason: string): string {
  return REASONS[reason] ?? reason;
}

/** How many bars give a row, of how much of the dataset. */
export function rowsWords(
  { rows, bars, groups }: Pick<Previewed, "rows" | "bars" | "groups">,
  all: { readonly groups: number; readonly isPairs: boolean },
): string {
  const counted = `${formatInteger(rows)} rows of ${formatInteger(bars)} bars`;
  const what = all.isPairs ? "pairs" : "instruments";
  if (all.groups === 1) return counted;
  if (groups === all.groups) return `${counted}, ${formatInteger(groups)} ${what}`;
  return `${counted}, of the first ${formatInteger(groups)} of ${formatInteger(all.groups)} ${what}`;
}

/** What a row reads before and after its bar. */
export function reachWords({
  lookBackBars,
  horizonBars,
}: Pick<Previewed, "lookBackBars" | "horizonBars">): string {
  const ahead =
    horizonBars === 0
      ? "its label nothing after it"
      : `its label ${formatInteger(horizonBars)} ${horizonBars === 1 ? "bar" : "bars"} after it`;
  return `A row reads ${lookBackWords(lookBackBars)}, ${ahead}`;
}

/** How large a class is: the share of its rows. */
export function classShare(rows: number, all: readonly { readonly rows: number }[]): number {
  const total = all.reduce((sum, one) => sum + one.rows, 0);
  return total === 0 ? 0 : rows / total;
}
