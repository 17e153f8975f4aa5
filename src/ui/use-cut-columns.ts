import { type RefObject, useEffect, useState } from "react";

/** Pixels by which widths that are the same may differ: they are rounded. */
const ROUNDING_PX = 2;

/**
 * Whether columns stand beyond the right edge of what scrolls, at this moment.
 *
 * @param isThere whether it is on the page: a table without rows is not
 */
export function useCutColumns(scrollRef: RefObject<HTMLElement | null>, isThere: boolean): boolean {
  const [isCut, setCut] = useState(false);
  // Follows sizes and the scroll position, which only the browser knows.
  useEffect(() => {
    const element = scrollRef.current;
    if (!isThere || element === null) return;
    const look = () =>
      setCut(element.scrollLeft + element.clientWidth < element.scrollWidth - ROUNDING_PX);
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scrollRef, isThere]);
  return isCut;
}
