import type { AlertSeverity } from "#contracts/alert.ts";

/** What a message says, in whatever way it travels. */
export type AlertNote = {
  /** Of the alert: the same in every attempt, so that a receiver can tell a repeat. */
  readonly id: string;
  readonly kind: "alert" | "test";
  readonly ruleName: string;
  readonly severity: AlertSeverity;
  readonly message: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly firedAtMs: number;
  /** Where to look; null when the installation's address is not known. */
  readonly link: string | null;
};

const SEVERITY: Record<AlertSeverity, string> = {
  info: "Info",
  warning: "Warning",
  critical: "Critical",
};

/** One line: "Critical: BTCUSDT / ETHUSDT (1m): z-score 2.31 is above 2". */
export function noteTitle({ kind, severity, message }: AlertNote): string {
  return kind === "test" ? message : `${SEVERITY[severity]}: ${message}`;
}

/** Plain text of some lines. */
export function noteText(note: AlertNote): string {
  return [
    noteTitle(note),
    "",
    ...(note.kind === "test" ? [] : [`Rule: ${note.ruleName}`]),
    `Time: ${new Date(note.firedAtMs).toISOString()}`,
    ...(note.link === null ? [] : [note.link]),
    `Alert ${note.id}`,
  ].join("\n");
}
