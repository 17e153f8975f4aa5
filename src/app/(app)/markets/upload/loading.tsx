import { Skeleton } from "#ui/skeleton.tsx";
import { PageSkeleton } from "../../page-skeleton.tsx";

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <PageSkeleton rows={3} columns={4} />
      <Skeleton className="h-36 w-full" />
    </div>
  );
}
