import type { DatasetPreview } from "#contracts/dataset.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { lookBackWords } from "./feature-words.ts";

type Props = {
  features: Extract<DatasetPreview, { kind: "previewed" }>["features"];
  /** Place of the one that is drawn. */
  drawn: number;
  onDraw: (place: number) => void;
};

const COLUMNS = [
  { title: "Reads", help: "How many bars before its own it looks at." },
  { title: "Missing", help: "Bars without a value." },
  { title: "Mean", help: "Over all rows, in the unit of the feature." },
  { title: "Deviation", help: "Standard deviation over all rows." },
  {
    title: "Correlation",
    help: "With the answer, over all rows: what a straight line sees of it. Far from 0 is rare and suspicious.",
  },
] as const;

/** Every feature in numbers; the name draws it. */
export function FeatureFigures({ features, drawn, onDraw }: Props) {
  return (
    <ScrollRegion ariaLabel="Features in numbers" className="max-h-96 border-t border-line">
      <table className="w-full text-[13px]">
        <thead className="sticky top-0 bg-surface">
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="py-2 pr-3 pl-4 font-medium">
              Feature
            </th>
            {COLUMNS.map(({ title, help }) => (
              <th
                key={title}
                scope="col"
                title={help}
                className="px-2 py-2 text-right font-medium last:pr-4"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {features.map((feature, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a feature may stand there twice, which is told
            <tr key={place} className="border-b border-line last:border-b-0">
              <th scope="row" className="py-1 pr-3 pl-4 text-left font-normal">
                <button
                  type="button"
                  aria-pressed={place === drawn}
                  title="Draw it"
                  onClick={() => onDraw(place)}
                  className="min-h-6 rounded text-left font-mono text-xs break-words hover:underline aria-pressed:font-semibold aria-pressed:text-accent"
                >
                  {feature.name}
                </button>
              </th>
              <td className="px-2 py-1 text-right whitespace-nowrap tabular-nums">
                {lookBackWords(feature.lookBackBars)}
              </td>
              <td className="px-2 py-1 text-right tabular-nums">
                {formatInteger(feature.missing)}
              </td>
              <Figure value={feature.mean} />
              <Figure value={feature.deviation} />
              <Figure value={feature.correlation} significant={2} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Figure({ value, significant }: { value: number | null; significant?: number }) {
  return (
    <td
      title={value === null ? undefined : String(value)}
      className="px-2 py-1 text-right tabular-nums last:pr-4"
    >
      {formatNumber(value, significant === undefined ? {} : { significant })}
    </td>
  );
}
