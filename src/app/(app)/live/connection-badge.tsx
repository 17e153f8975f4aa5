"use client";

import { Badge } from "#ui/badge.tsx";
import type { Tone } from "#ui/tone.ts";
import { useLiveConnection } from "../../live-events.tsx";
import type { LiveConnection } from "../../live-store.ts";

const LOOKS: Record<LiveConnection, { label: string; tone: Tone; title: string }> = {
  connecting: {
    label: "Connecting",
    tone: "neutral",
    title: "The stream of news is being opened.",
  },
  live: { label: "Connected", tone: "good", title: "News arrives as it happens." },
  reconnecting: {
    label: "Reconnecting",
    tone: "warn",
    title: "The stream was lost. What is shown is as of then; it goes on by itself.",
  },
  ended: {
    label: "Disconnected",
    tone: "bad",
    title:
      "The server ended the stream: the session is over, or too many pages are open. Reload the page.",
  },
  paused: { label: "Paused", tone: "neutral", title: "The page was hidden." },
};

/** Whether what the page shows is news or the past. */
export function ConnectionBadge() {
  const { label, tone, title } = LOOKS[useLiveConnection()];
  return (
    <span role="status">
      <Badge tone={tone} title={title}>
        {label}
      </Badge>
    </span>
  );
}
