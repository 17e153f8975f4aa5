"use client";

import { useSyncExternalStore } from "react";
import { parseTheme } from "../theme.ts";

const DARK_QUERY = "(prefers-color-scheme: dark)";

/** The theme that is on screen now: what was chosen, else the system's. */
export function useThemeName(): "light" | "dark" {
  return useSyncExternalStore(subscribe, themeName, () => "light");
}

function themeName(): "light" | "dark" {
  const chosen = parseTheme(document.documentElement.getAttribute("data-theme"));
  return chosen ?? (window.matchMedia(DARK_QUERY).matches ? "dark" : "light");
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const query = window.matchMedia(DARK_QUERY);
  query.addEventListener("change", onChange);
  return () => {
    observer.disconnect();
    query.removeEventListener("change", onChange);
  };
}
