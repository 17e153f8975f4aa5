"use client";

import { useEffect, useState } from "react";

/** Long enough that a number is typed to its end. */
const SETTLED_MS = 500;

/** A value that has stood for a moment; the last one that was there while there is none. */
export function useSettled<Value>(value: Value | null): Value | null {
  const [settled, setSettled] = useState(value);
  // Waits with a timer, which is outside of React.
  useEffect(() => {
    if (value === null) return;
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
