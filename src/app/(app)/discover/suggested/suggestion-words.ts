import type { TimeWindow } from "#contracts/interval.ts";
import type { SuggestedChange, UniverseSuggestions } from "#contracts/suggested-pairs.ts";
import { formatSpanUtc } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";

/** How a change is called and marked. */
export const CHANGES: Record<SuggestedChange, { label: string; tone: Tone }> = {
  new: { label: "New", tone: "accent" },
  better: { label: "Better", tone: "good" },
  worse: { label: "Worse", tone: "warn" },
  same: { label: "Unchanged", tone: "neutral" },
};

const ORDER: readonly SuggestedChange[] = ["new", "better", "worse", "same"];

/** What changed, counted; and whether the data alone can have changed it. */
export function changeSentence(suggestions: UniverseSuggestions): string {
  const { pairs, gone, passedCount, previousScanId, sameOptions } = suggestions;
  const listed =
    passedCount > pairs.length
      ? `The best ${pairs.length} of ${passedCount} pairs that passed. `
      : "";
  if (previousScanId === null) {
    return `${listed}No scan before tested anything, so there is nothing to compare it with.`;
  }
  const counts = ORDER.flatMap((change) => {
    const count = pairs.filter((pair) => pair.change === change).length;
    return count === 0 ? [] : [`${count} ${CHANGES[change].label.toLowerCase()}`];
  });
  const all = gone.length === 0 ? counts : [...counts, `${gone.length} gone`];
  const changes =
    all.length === 0
      ? "Nothing passed, now or before."
      : `Since the scan before: ${all.join(", ")}.`;
  const options = sameOptions
    ? ""
    : " The options were changed between the two, not the data alone.";
  return `${listed}${changes}${options}${windowSentence(suggestions)}`;
}

/** Windows of one length move on with the data; one of another length makes other finds by itself. */
function windowSentence({ formation, previousFormation, intervalMs }: UniverseSuggestions): string {
  if (previousFormation === null) return "";
  const lengthOf = ({ startMs, endMs }: TimeWindow) => endMs - startMs;
  const differenceMs = Math.abs(lengthOf(formation) - lengthOf(previousFormation));
  if (differenceMs < intervalMs) return "";
  return ` The window was another: ${formatSpanUtc(previousFormation)} before, ${formatSpanUtc(formation)} now (UTC).`;
}
