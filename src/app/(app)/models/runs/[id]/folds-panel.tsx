import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { Time } from "#ui/time.tsx";
import { datedFoldRows } from "../fold-spans.ts";
import { FoldsPicture } from "../folds-picture.tsx";
import type { RunResultProps } from "./run-result.tsx";

/** When each fold learned and when it was tested, and how many rows were kept out of both. */
export function FoldsPanel({ view, summary }: RunResultProps) {
  const { folds, groups } = summary;
  const { intervalMs } = view.datasetVersion.config;
  const [first] = groups;
  if (folds.length === 0 || first === undefined) {
    return <p className="text-sm text-muted">There are no folds to show.</p>;
  }
  return (
    <Panel
      title="Folds"
      lead={`${groups.length === 1 ? "" : `Of ${first.label}; those of other groups are cut the same way. `}Training rows whose label or features touch the test rows were left out.`}
      flush
    >
      <div className="p-4">
        <FoldsPicture
          rows={datedFoldRows(folds)}
          caption="Where training rows lie on both sides of a test, the bar goes on behind it."
        />
      </div>
      <ScrollRegion ariaLabel="Folds with dates and rows">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-y border-line text-muted">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Fold
              </th>
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Training
              </th>
              <th scope="col" className="px-4 py-2 text-right font-medium">
                Rows
              </th>
              <th scope="col" className="px-4 py-2 text-right font-medium">
                Left out
              </th>
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Test
              </th>
              <th scope="col" className="px-4 py-2 text-right font-medium">
                Rows
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {folds.map((fold, place) => (
              <tr key={fold.testStartMs}>
                <th scope="row" className="px-4 py-1.5 text-left font-normal tabular-nums">
                  {place + 1}
                </th>
                <td className="px-4 py-1.5 whitespace-nowrap">
                  <Time ms={fold.trainingStartMs} intervalMs={intervalMs} /> to{" "}
                  <Time ms={fold.trainingEndMs} intervalMs={intervalMs} />
                </td>
                <Count value={fold.trainingRows} />
                <Count value={fold.purgedRows} />
                <td className="px-4 py-1.5 whitespace-nowrap">
                  <Time ms={fold.testStartMs} intervalMs={intervalMs} /> to{" "}
                  <Time ms={fold.testEndMs} intervalMs={intervalMs} />
                </td>
                <Count value={fold.testRows} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

function Count({ value }: { value: number }) {
  return <td className="px-4 py-1.5 text-right tabular-nums">{formatInteger(value)}</td>;
}
