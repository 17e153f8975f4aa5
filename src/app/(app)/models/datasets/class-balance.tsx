import { formatInteger, formatPercent } from "#ui/format.ts";
import { classShare } from "./preview-words.ts";

/** Shades from one end to the other: classes have an order, and the words beside them say which is which. */
const SHADES = ["bg-short", "bg-threshold", "bg-long"] as const;

type Classes = readonly { readonly label: string; readonly rows: number }[];

function shadeOf(place: number, count: number): string {
  return (count === 2 && place === 1 ? SHADES[2] : SHADES[place]) ?? SHADES[1];
}

/** How the rows are shared among the classes, as a bar and in numbers. */
export function ClassBalance({ classes }: { classes: Classes }) {
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden className="flex h-3 overflow-hidden rounded-sm bg-surface-2">
        {classes.map(({ label, rows }, place) => (
          <span
            key={label}
            className={`border-r border-surface last:border-r-0 ${shadeOf(place, classes.length)}`}
            style={{ width: `${classShare(rows, classes) * 100}%` }}
          />
        ))}
      </div>
      <ul aria-label="Rows of each class" className="flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
        {classes.map(({ label, rows }, place) => (
          <li key={label} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm ${shadeOf(place, classes.length)}`} />
            {label}
            <span className="text-muted tabular-nums">
              {formatInteger(rows)} ({formatPercent(classShare(rows, classes), { digits: 1 })})
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
