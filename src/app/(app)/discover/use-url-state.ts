"use client";

import { useSearchParams } from "next/navigation";

/**
 * View state in the address, so that a view can be bookmarked and sent. Written with replaceState,
 * which Next follows without asking the server for the page again.
 */
export function useUrlState() {
  return { params: useSearchParams(), set: setUrlState };
}

function setUrlState(changes: Readonly<Record<string, string | null>>): void {
  // From the address and not from `params`: two changes in one event must not undo each other.
  const next = new URLSearchParams(window.location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === "") next.delete(key);
    else next.set(key, value);
  }
  const query = next.toString();
  const path = window.location.pathname;
  window.history.replaceState(null, "", query === "" ? path : `${path}?${query}`);
}
