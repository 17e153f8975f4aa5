"use client";

import { useQuery } from "@tanstack/react-query";
import { isLiveVenue } from "#contracts/is-live-venue.ts";
import type { ButtonSize } from "#ui/button-class.ts";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { watchHref } from "./live-hrefs.ts";

type Props = {
  instrumentY: number;
  instrumentX: number;
  size?: ButtonSize | undefined;
};

/** Leads to watching a pair, where trades of both legs arrive live; otherwise nothing. */
export function WatchLiveLink({ instrumentY, instrumentX, size }: Props) {
  const trpc = useTRPC();
  const { data: series = [] } = useQuery(trpc.instruments.list.queryOptions({}));
  const isLive = (leg: number) =>
    series.some(({ instrumentId, venue }) => instrumentId === leg && isLiveVenue(venue));
  if (!(isLive(instrumentY) && isLive(instrumentX))) return null;
  return (
    <ButtonLink size={size} href={watchHref({ instrumentY, instrumentX })}>
      Watch live
    </ButtonLink>
  );
}
