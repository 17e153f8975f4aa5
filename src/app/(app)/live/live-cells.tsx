"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import { Badge } from "#ui/badge.tsx";
import { formatZScore } from "#ui/format.ts";
import { Sparkline } from "#ui/sparkline.tsx";
import { useLiveSnapshot } from "../../live-events.tsx";
import {
  ageInWords,
  DECAY,
  GUARDS,
  guardInWords,
  QUALITIES,
  SIGNALS,
  STATES,
} from "./live-words.ts";

type CellProps = { pair: WatchedPairView };

function useSnapshot({ livePairId, snapshot }: WatchedPairView): LiveSnapshot | null {
  return useLiveSnapshot(livePairId, snapshot);
}

export function StateCell({ pair }: CellProps) {
  const snapshot = useSnapshot(pair);
  if (pair.retiredAtMs !== null) {
    return <Badge title={pair.retiredReason ?? undefined}>Retired</Badge>;
  }
  const { label, tone } = STATES[snapshot?.state ?? "waiting"];
  return (
    <Badge tone={tone} title={snapshot?.stateReason ?? undefined}>
      {label}
    </Badge>
  );
}

/** The z-score of the newest trades. Its width is fixed, so that the column does not move. */
export function ZScoreCell({ pair }: CellProps) {
  const snapshot = useSnapshot(pair);
  const zScore = snapshot?.now.zScore ?? null;
  const isBeyond = zScore !== null && Math.abs(zScore) > pair.settings.threshold;
  return (
    <span
      title={zScore === null ? undefined : String(zScore)}
      className={`inline-block min-w-[6ch] text-right tabular-nums ${isBeyond ? "font-semibold text-accent" : ""}`}
    >
      {formatZScore(zScore)}
    </span>
  );
}

export function SparklineCell({ pair }: CellProps) {
  const snapshot = useSnapshot(pair);
  const values = snapshot?.sparkline ?? [];
  if (values.every((value) => value === null)) return <span className="text-muted">–</span>;
  return (
    <Sparkline
      values={values}
      threshold={pair.settings.threshold}
      ariaLabel={`z-scores of the last ${values.length} bars, the last ${formatZScore(values.at(-1))}`}
    />
  );
}

export function SignalCell({ pair }: CellProps) {
  const { label, help, tone } = SIGNALS[useSnapshot(pair)?.signal ?? "none"];
  return (
    <Badge tone={tone} title={help}>
      {label}
    </Badge>
  );
}

export function QualityCell({ pair }: CellProps) {
  const quality = useSnapshot(pair)?.quality ?? null;
  if (quality === null) return <span className="text-muted">–</span>;
  const { label, tone } = QUALITIES[quality.quality];
  return <Badge tone={tone}>{label}</Badge>;
}

export function GuardCell({ pair }: CellProps) {
  const quality = useSnapshot(pair)?.quality ?? null;
  if (quality === null) return <span className="text-muted">–</span>;
  const { label, tone } = GUARDS[quality.guard];
  const reason = guardInWords(quality);
  return (
    <Badge tone={tone} title={reason}>
      {label}
      <span className="sr-only">: {reason}</span>
    </Badge>
  );
}

export function DecayCell({ pair }: CellProps) {
  const decay = useSnapshot(pair)?.decay ?? null;
  if (decay === null) return <span className="text-muted">–</span>;
  const { label, tone } = DECAY[decay.verdict];
  return (
    <Badge tone={tone} title={decay.reasons.join(" ") || undefined}>
      {label}
    </Badge>
  );
}

export function FreshnessCell({ pair }: CellProps) {
  // Its width is fixed, so that the column does not move.
  return (
    <span className="inline-block min-w-[7ch] text-right">
      <Freshness snapshot={useSnapshot(pair)} />
    </span>
  );
}

const TICK_MS = 500;

/** Age of the older leg's newest trade: as the snapshot says, and since then by this browser's clock. */
export function Freshness({ snapshot }: { snapshot: LiveSnapshot | null }) {
  const arrival = useRef<{ seq: number; atMs: number } | null>(null);
  const [ageMs, setAgeMs] = useState<number | null>(null);
  // Synchronises with the browser's clock.
  useEffect(() => {
    if (snapshot === null || snapshot.freshnessMs === null) {
      setAgeMs(null);
      return;
    }
    const { freshnessMs, seq } = snapshot;
    if (arrival.current?.seq !== seq) arrival.current = { seq, atMs: performance.now() };
    const { atMs } = arrival.current;
    const measure = () => {
      if (!document.hidden) setAgeMs(freshnessMs + performance.now() - atMs);
    };
    measure();
    const timer = setInterval(measure, TICK_MS);
    return () => clearInterval(timer);
  }, [snapshot]);
  return <span className="tabular-nums">{ageMs === null ? "–" : ageInWords(ageMs)}</span>;
}
