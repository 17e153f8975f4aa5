import { Skeleton, TableSkeleton } from "#ui/skeleton.tsx";

/** The layout of a page that is on its way: title, sentence, a panel of rows. */
export function PageSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <>
      <div className="mb-6 flex flex-col gap-2">
        <Skeleton className="h-6 w-48" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <div className="rounded-lg border border-line bg-surface">
        <TableSkeleton rows={rows} columns={columns} />
      </div>
    </>
  );
}
