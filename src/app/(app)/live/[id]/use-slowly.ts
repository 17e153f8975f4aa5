"use client";

import { useEffect, useRef, useState } from "react";

/** A value that changes at most once in `everyMs`, and always to its newest; not while nobody can see the page. */
export function useSlowly<T>(value: T, everyMs: number): T {
  const [slow, setSlow] = useState(value);
  const changedAtMs = useRef(Number.NEGATIVE_INFINITY);
  // Synchronises with the clock, and with whether the page can be seen.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const change = () => {
      changedAtMs.current = performance.now();
      setSlow(value);
    };
    const plan = () => {
      clearTimeout(timer);
      if (document.hidden) return;
      const waitMs = changedAtMs.current + everyMs - performance.now();
      timer = setTimeout(change, Math.max(0, waitMs));
    };
    plan();
    document.addEventListener("visibilitychange", plan);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", plan);
    };
  }, [value, everyMs]);
  return slow;
}
