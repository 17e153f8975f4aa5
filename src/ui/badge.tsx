import type { ReactNode } from "react";
import type { Tone } from "./tone.ts";

const TONES: Record<Tone, string> = {
  neutral: "bg-surface-2 text-muted",
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  accent: "bg-accent-soft text-accent",
};

export function Badge(props: {
  tone?: Tone | undefined;
  title?: string | undefined;
  children: ReactNode;
}) {
  return (
    <span
      title={props.title}
      className={`inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap ${TONES[props.tone ?? "neutral"]}`}
    >
      {props.children}
    </span>
  );
}
