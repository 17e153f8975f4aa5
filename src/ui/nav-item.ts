import type { ReactNode } from "react";

/** One page of the rail. */
export type NavItem = {
  href: string;
  label: string;
  icon: ReactNode;
  active: boolean;
  /** Stands in the bottom bar of small screens; the rest is behind "More". */
  primary?: boolean | undefined;
};
