import { Skeleton } from "#ui/skeleton.tsx";
import { PageSkeleton } from "../../page-skeleton.tsx";

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <PageSkeleton rows={1} columns={6} />
      <Skeleton className="h-80 w-full" />
    </div>
  );
}
