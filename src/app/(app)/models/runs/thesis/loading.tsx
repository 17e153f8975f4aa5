import { PageSkeleton } from "../../../page-skeleton.tsx";

export default function Loading() {
  return <PageSkeleton />;
}
