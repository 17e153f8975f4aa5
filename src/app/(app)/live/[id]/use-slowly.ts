"use client";

import { useEffect, useRef, useState } from "react";

/** A value that changes at most once in `everyMs`, and always to its newest. */
export function useSlowly<T>(value: T, everyMs: number): T {
  const [slow, setSlow] = useState(value);
  const changedAtMs = useRef(0);
  // Synchronises with the clock.
  useEffect(() => {
    const change = () => {
      changedAtMs.current = performance.now();
      setSlow(value);
    };
    const waitMs = changedAtMs.current + everyMs - performance.now();
    const timer = setTimeout(change, Math.max(0, waitMs));
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  return slow;
}
