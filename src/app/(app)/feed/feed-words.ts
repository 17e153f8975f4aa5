import type {
  FeedConnection,
  FeedGap,
  FeedStatus,
  FeedStream,
  TradeDayProof,
} from "#contracts/feed.ts";
import { formatInteger } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";

export const FEED_STATES: Record<FeedStatus["state"], { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "good" },
  "database-outage": { label: "Waiting for the database", tone: "bad" },
  overloaded: { label: "Overloaded: reading has stopped", tone: "bad" },
};

export const CONNECTION_STATES: Record<FeedConnection["state"], { label: string; tone: Tone }> = {
  connecting: { label: "Connecting", tone: "neutral" },
  open: { label: "Open", tone: "good" },
  renewing: { label: "Being renewed", tone: "accent" },
  waiting: { label: "Waiting to try again", tone: "warn" },
  closed: { label: "Closed", tone: "neutral" },
};

export const STREAM_STATES: Record<FeedStream["state"], { label: string; tone: Tone }> = {
  subscribing: { label: "Subscribing", tone: "neutral" },
  live: { label: "Live", tone: "good" },
  quiet: { label: "Quiet", tone: "neutral" },
  silent: { label: "Silent: being replaced", tone: "bad" },
  halted: { label: "Halted", tone: "bad" },
  backfilling: { label: "Filling a gap", tone: "accent" },
  "unknown-symbol": { label: "Unknown symbol", tone: "bad" },
  "ids-restarted": { label: "Other trade ids than stored", tone: "bad" },
};

export const GAP_CAUSES: Record<FeedGap["cause"], string> = {
  disconnect: "Connection lost",
  "silent-stream": "Silent stream",
  "dropped-frames": "Frames left out",
  "bad-frame": "Frame that could not be read",
  restart: "The feed was started again",
  "not-watched": "Nobody watched it",
  "database-outage": "Database out of reach",
  overloaded: "More came than could be written",
  "raw-id-break": "Raw ids do not join",
};

export const GAP_STATES: Record<FeedGap["state"], { label: string; tone: Tone }> = {
  open: { label: "Open", tone: "bad" },
  filling: { label: "Being filled", tone: "accent" },
  filled: { label: "Filled", tone: "good" },
  unfillable: { label: "Gone at the venue", tone: "warn" },
};

/** First and last id of a run of trades. */
export function idRange({ firstId, lastId }: Pick<TradeDayProof, "firstId" | "lastId">): string {
  return `ids ${formatInteger(firstId)} … ${formatInteger(lastId)}`;
}

/** The proof of a symbol and day in a sentence: "ids 5,933,014 … 9,120,551 complete". */
export function proofInWords(
  proof: Pick<TradeDayProof, "firstId" | "lastId" | "missingCount" | "isComplete">,
): string {
  const ids = idRange(proof);
  if (proof.isComplete) return `${ids} complete`;
  return proof.missingCount === 0
    ? `${ids}, a gap is being closed`
    : `${ids}, ${formatInteger(proof.missingCount)} missing`;
}

/** Name of an instrument with its market, where the symbol alone is not enough. */
export function marketSymbol({ symbol, market }: Pick<FeedStream, "symbol" | "market">): string {
  return market === "usdm" ? `${symbol} (futures)` : symbol;
}
