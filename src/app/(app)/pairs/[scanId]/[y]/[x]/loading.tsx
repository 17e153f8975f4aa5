import { Skeleton } from "#ui/skeleton.tsx";
import { PageSkeleton } from "../../../../page-skeleton.tsx";

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <PageSkeleton rows={5} columns={2} />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
