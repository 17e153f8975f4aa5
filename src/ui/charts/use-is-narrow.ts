"use client";

import { useSyncExternalStore } from "react";

const NARROW_QUERY = "(max-width: 639px)";

/** Whether the screen is a phone's, where one pane at a time is enough. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW_QUERY).matches,
    () => false,
  );
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(NARROW_QUERY);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
