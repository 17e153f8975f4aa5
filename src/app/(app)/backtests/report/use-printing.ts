"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** A report that does not load is printed as far as it has come. */
const WAIT_MAX_MS = 8_000;

/** Frames in which charts take their new size and draw. */
const FRAMES = 4;

export type Printing = {
  /** Everything is to stand on the page, one below the other. */
  readonly isPrinting: boolean;
  readonly print: () => Promise<void>;
};

/** Lays the page out for paper, waits until all of it is here, and prints. */
export function usePrinting(): Printing {
  const queryClient = useQueryClient();
  const [isPrinting, setPrinting] = useState(false);
  // Follows the browser's own printing (by its menu or keys), and marks the page for the style sheet.
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  // The width and the light theme of paper, which charts on a canvas must take before they are printed.
  useEffect(() => {
    if (!isPrinting) return;
    const root = document.documentElement;
    const theme = root.getAttribute("data-theme");
    root.setAttribute("data-printing", "");
    root.setAttribute("data-theme", "light");
    return () => {
      root.removeAttribute("data-printing");
      if (theme === null) root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", theme);
    };
  }, [isPrinting]);

  const print = async () => {
    setPrinting(true);
    const until = performance.now() + WAIT_MAX_MS;
    await frames(FRAMES);
    while (queryClient.isFetching() > 0 && performance.now() < until) await frames(1);
    await frames(FRAMES);
    window.print();
    setPrinting(false);
  };
  return { isPrinting, print };
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
