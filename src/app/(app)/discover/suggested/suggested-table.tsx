"use client";

import Link from "next/link";
import type { UniverseSuggestions } from "#contracts/suggested-pairs.ts";
import { Badge } from "#ui/badge.tsx";
import { formatNumber, formatPValue } from "#ui/format.ts";
import { WatchLiveLink } from "../../live/watch-live-link.tsx";
import { CHANGES } from "./suggestion-words.ts";

type SuggestedTableProps = {
  scanId: string;
  universeName: string;
  pairs: UniverseSuggestions["pairs"];
};

const NUMBER_HEADS = ["Score", "Before", "Hedge ratio", "Half-life, bars", "Correlation"];

/** A dozen rows at most: nothing to sort or to search. */
export function SuggestedTable({ scanId, universeName, pairs }: SuggestedTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={`Pairs of ${universeName}`}>
      <table className="w-full text-[13px] [&_td]:px-4 [&_td]:py-2 [&_th]:px-4 [&_th]:py-2">
        <caption className="sr-only">
          Suggested pairs of {universeName}. The score is the q-value, or the p-value where nothing
          was corrected; lower is better.
        </caption>
        <thead>
          <tr className="border-b border-line text-left text-xs whitespace-nowrap text-muted">
            <th scope="col">Pair (Y / X)</th>
            <th scope="col">Change</th>
            {NUMBER_HEADS.map((head) => (
              <th key={head} scope="col" className="text-right">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr
              key={`${pair.instrumentY}-${pair.instrumentX}`}
              className="border-b border-line whitespace-nowrap last:border-b-0"
            >
              <td>
                <Link
                  href={`/pairs/${scanId}/${pair.instrumentY}/${pair.instrumentX}`}
                  className="font-medium text-accent hover:underline"
                >
                  {pair.symbolY} / {pair.symbolX}
                </Link>
              </td>
              <td>
                {pair.change === null ? (
                  <span className="text-muted">–</span>
                ) : (
                  <Badge tone={CHANGES[pair.change].tone}>{CHANGES[pair.change].label}</Badge>
                )}
              </td>
              <td className="text-right tabular-nums">{formatPValue(pair.score)}</td>
              <td className="text-right text-muted tabular-nums">
                {formatPValue(pair.previousScore)}
              </td>
              <td className="text-right tabular-nums">{formatNumber(pair.hedgeRatio)}</td>
              <td className="text-right tabular-nums">
                {formatNumber(pair.halfLifeBars, { significant: 3 })}
              </td>
              <td className="text-right tabular-nums">
                {formatNumber(pair.correlation, { significant: 3 })}
              </td>
              <td className="text-right">
                <WatchLiveLink
                  size="sm"
                  instrumentY={pair.instrumentY}
                  instrumentX={pair.instrumentX}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
