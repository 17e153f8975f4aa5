import { formatInteger } from "#ui/format.ts";
import type { FoldRow, FoldSegment } from "./fold-spans.ts";

const LOOKS: Readonly<
  Record<FoldSegment["role"], { readonly name: string; readonly bar: string }>
> = {
  training: { name: "Training", bar: "bg-in-sample" },
  embargo: { name: "Embargo", bar: "bg-threshold/40" },
  test: { name: "Test", bar: "bg-out-of-sample" },
};

/** Folds over time, the first one on top; what each bar is stands beside them in words. */
export function FoldsPicture({ rows, caption }: { rows: readonly FoldRow[]; caption: string }) {
  const roles = new Set(rows.flatMap(({ segments }) => segments.map(({ role }) => role)));
  return (
    <figure className="flex flex-col gap-2">
      <div
        role="img"
        aria-label={`${formatInteger(rows.length)} ${rows.length === 1 ? "fold" : "folds"} over time, each learned from the bars marked as training and tested on the others`}
        className="flex flex-col gap-0.5"
      >
        {rows.map(({ key, segments }) => (
          <div key={key} className="relative h-2.5 overflow-hidden rounded-sm bg-surface-2">
            {segments.map(({ role, from, to }) => (
              <span
                key={`${role}${from}`}
                className={`absolute inset-y-0 ${LOOKS[role].bar} ${role === "test" ? "border-x border-surface" : ""}`}
                style={{ left: `${from * 100}%`, width: `${Math.max(0.3, (to - from) * 100)}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-muted">
        {[...roles].map((role) => (
          <span key={role} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm ${LOOKS[role].bar}`} />
            {LOOKS[role].name}
          </span>
        ))}
        <span>{caption}</span>
      </figcaption>
    </figure>
  );
}
