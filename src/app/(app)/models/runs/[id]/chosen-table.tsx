import type { RunDetail } from "#contracts/learning-run.ts";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { wordsOfName } from "../../words-of-name.ts";
import { type ChosenRow, chosenRows } from "../chosen-rows.ts";
import { parameterText } from "./parameter-words.ts";

/** Parameters by fold; one that is the same everywhere stands once. */
export function ChosenTable({ detail }: { detail: Pick<RunDetail, "chosen" | "learned"> }) {
  const rows = chosenRows(detail);
  const folds = detail.chosen.length;
  if (rows.length === 0) {
    return <p className="p-4 text-sm text-muted">It has nothing to set.</p>;
  }
  return (
    <ScrollRegion ariaLabel="Parameters by fold">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Parameter
            </th>
            {Array.from({ length: folds }, (_, fold) => fold + 1).map((fold) => (
              <th key={fold} scope="col" className="px-4 py-2 text-right font-medium">
                Fold {fold}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <ChosenLine key={row.key} row={row} folds={folds} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function ChosenLine({ row, folds }: { row: ChosenRow; folds: number }) {
  const { name, isLearned, values, isSame } = row;
  const places = values.map((value, fold) => ({ key: `fold ${fold + 1}`, value }));
  return (
    <tr>
      <th scope="row" className="px-4 py-1.5 text-left font-normal">
        {isLearned ? name : wordsOfName(name)}
        {isLearned ? <span className="text-muted"> learned</span> : null}
      </th>
      {isSame && folds > 1 ? (
        <td
          colSpan={folds}
          title={String(values[0])}
          className="px-4 py-1.5 text-right tabular-nums"
        >
          {parameterText(values[0] ?? null)} <span className="text-muted">in every fold</span>
        </td>
      ) : (
        places.map(({ key, value }) => (
          <td key={key} title={String(value)} className="px-4 py-1.5 text-right tabular-nums">
            {parameterText(value)}
          </td>
        ))
      )}
    </tr>
  );
}
