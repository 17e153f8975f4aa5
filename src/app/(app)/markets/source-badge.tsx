import type { Venue } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Badge } from "#ui/badge.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";

export function SourceBadge({ venue }: { venue: Venue }) {
  const name = venueName(venue);
  return isSynthetic(venue) ? <SyntheticBadge label={name} /> : <Badge>{name}</Badge>;
}
