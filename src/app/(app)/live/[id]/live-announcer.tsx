"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import { formatZScore } from "#ui/format.ts";
import { SIGNALS, STATES } from "../live-words.ts";

/** A reader is told at most this often; figures move several times a second. */
const ANNOUNCE_MS = 20_000;

/** The pair in a sentence for those who hear the page: at once when its signal changes, else seldom. */
export function LiveAnnouncer(props: { pair: WatchedPairView; snapshot: LiveSnapshot | null }) {
  const { pair, snapshot } = props;
  const [text, setText] = useState("");
  const said = useRef<{ signal: string; atMs: number }>({ signal: "", atMs: 0 });
  // Synchronises with what was said last, by the clock.
  useEffect(() => {
    if (snapshot === null) return;
    const signal = `${snapshot.state}-${snapshot.signal}`;
    const nowMs = performance.now();
    const { current } = said;
    if (signal === current.signal && nowMs - current.atMs < ANNOUNCE_MS) return;
    said.current = { signal, atMs: nowMs };
    setText(
      `${pair.symbolY} against ${pair.symbolX}: ${STATES[snapshot.state].label}, z-score ${formatZScore(snapshot.now.zScore)}, signal ${SIGNALS[snapshot.signal].label}`,
    );
  }, [pair, snapshot]);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
