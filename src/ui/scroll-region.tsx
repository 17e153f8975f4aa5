import type { ReactNode } from "react";

type ScrollRegionProps = {
  ariaLabel: string;
  className?: string | undefined;
  children: ReactNode;
};

/** What may be wider or longer than its place: it scrolls by itself, and by the keyboard too. */
export function ScrollRegion({ ariaLabel, className = "", children }: ScrollRegionProps) {
  return (
    <section
      aria-label={ariaLabel}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={`overflow-auto -outline-offset-2 print:max-h-none print:overflow-visible ${className}`}
    >
      {children}
    </section>
  );
}
