export function Skeleton(props: { className?: string | undefined }) {
  return (
    <div
      aria-hidden
      className={`animate-pulse rounded bg-surface-2 motion-reduce:animate-none ${props.className ?? "h-4 w-full"}`}
    />
  );
}

/** The layout of a table that is on its way. */
export function TableSkeleton(props: { rows?: number | undefined; columns?: number | undefined }) {
  const { rows = 8, columns = 6 } = props;
  return (
    <div role="status" aria-label="Loading" className="overflow-hidden">
      <div className="flex gap-4 border-b border-line px-4 py-2.5">
        {indexes(columns).map((column) => (
          <Skeleton key={column} className="h-4 flex-1" />
        ))}
      </div>
      {indexes(rows).map((row) => (
        <div key={row} className="flex gap-4 border-b border-line px-4 py-3">
          {indexes(columns).map((column) => (
            <Skeleton key={column} className="h-3.5 flex-1" />
          ))}
        </div>
      ))}
    </div>
  );
}

function indexes(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
