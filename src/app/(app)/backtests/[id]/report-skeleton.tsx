import { Skeleton } from "#ui/skeleton.tsx";
import { PageSkeleton } from "../../page-skeleton.tsx";
import { ChartPreload } from "./chart-preload.tsx";

export function ReportSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <ChartPreload />
      <PageSkeleton rows={4} columns={4} />
      <Skeleton className="h-[820px] w-full max-sm:h-72" />
    </div>
  );
}
