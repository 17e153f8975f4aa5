import type { SuggestedPair } from "#contracts/suggested-pairs.ts";
import { formatPValue } from "#ui/format.ts";

/** Pairs that passed the scan before and do not pass now: a strategy on one of them needs a look. */
export function GoneList({ gone }: { gone: readonly SuggestedPair[] }) {
  return (
    <div className="border-t border-line px-4 py-3 text-[13px]">
      <h3 className="font-medium">No longer among them</h3>
      <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1 text-muted">
        {gone.map((pair) => (
          <li key={`${pair.instrumentY}-${pair.instrumentX}`} className="tabular-nums">
            <span className="text-text">
              {pair.symbolY} / {pair.symbolX}
            </span>{" "}
            {formatPValue(pair.previousScore)} →{" "}
            {pair.score === null ? "not tested" : formatPValue(pair.score)}
          </li>
        ))}
      </ul>
    </div>
  );
}
