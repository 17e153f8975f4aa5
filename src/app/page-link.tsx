"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

type PageLinkProps = Omit<ComponentProps<typeof Link>, "prefetch" | "onPointerEnter" | "onFocus">;

/**
 * A link whose page is fetched once it is likely to be followed: under the pointer or focused. Fetched on
 * sight, the pages of the rail take the server twice as long as the report beside it, at the moment in
 * which that one is to be drawn.
 */
export function PageLink(props: PageLinkProps) {
  const [isLikely, setIsLikely] = useState(false);
  return (
    <Link
      {...props}
      prefetch={isLikely ? null : false}
      onPointerEnter={() => setIsLikely(true)}
      onFocus={() => setIsLikely(true)}
    />
  );
}
