import { csvRow } from "#contracts/csv-cell.ts";
import { CsvButton } from "#ui/csv-button.tsx";
import { formatInteger, formatPercent } from "#ui/format.ts";
import { ScrollRegion } from "#ui/scroll-region.tsx";

type Props = {
  /** Rows are the true classes. */
  confusion: readonly (readonly number[])[];
  classes: readonly string[];
  csvName: string;
};

/** Strong enough to be seen, weak enough that the figure on it stays readable. */
const GROUND_MAX = 34;

/** How often each class was said of each class, on a ground that is stronger the larger the share of its row. */
export function ConfusionTable({ confusion, classes, csvName }: Props) {
  return (
    <>
      <ScrollRegion ariaLabel="Confusion of classes">
        <table className="w-full border-separate border-spacing-1 p-2 text-sm">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="px-2 py-1 text-left font-medium">
                Came
              </th>
              {confusion.map((_, said) => (
                <th
                  key={nameOf(classes, said)}
                  scope="col"
                  className="px-2 py-1 text-right font-medium"
                >
                  Said {nameOf(classes, said)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, came) => (
              <tr key={nameOf(classes, came)}>
                <th scope="row" className="px-2 py-1 text-left font-medium">
                  {nameOf(classes, came)}
                </th>
                {row.map((count, said) => (
                  <td
                    key={nameOf(classes, said)}
                    style={groundOf(shareOf(row, count))}
                    className="rounded px-2 py-1.5 text-right whitespace-nowrap tabular-nums"
                  >
                    {formatInteger(count)}{" "}
                    <span className="text-xs text-muted">
                      {formatPercent(shareOf(row, count), { digits: 0 })}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div className="flex justify-end px-2 pb-2">
        <CsvButton name={`${csvName} confusion`} csv={() => csvOf(confusion, classes)} />
      </div>
    </>
  );
}

function nameOf(classes: readonly string[], place: number): string {
  return classes[place] ?? `class ${place}`;
}

function shareOf(row: readonly number[], count: number): number {
  const total = row.reduce((sum, one) => sum + one, 0);
  return total === 0 ? 0 : count / total;
}

function groundOf(share: number) {
  const strength = Math.round(share * GROUND_MAX);
  return { backgroundColor: `color-mix(in oklab, var(--accent) ${strength}%, transparent)` };
}

function csvOf(confusion: Props["confusion"], classes: readonly string[]): string {
  const header = confusion.map((_, said) => `Said ${nameOf(classes, said)}`);
  const rows = confusion.map((row, came) => csvRow([nameOf(classes, came), ...row]));
  return csvRow(["Came", ...header]) + rows.join("");
}
