import type { Venue } from "#contracts/market-data.ts";
import { Badge } from "#ui/badge.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";

export function SourceBadge({ venue }: { venue: Venue }) {
  return venue === "demo" ? <SyntheticBadge /> : <Badge>Upload</Badge>;
}
