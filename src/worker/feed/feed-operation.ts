import type { FeedCursor } from "#db/feed-cursors.ts";
import type { GapChange, GapSplit, NewGap } from "#db/feed-gaps.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { Ledger } from "./ledger.ts";
import type { ClosedSeconds } from "./second-bars.ts";

/** An instrument of which this process writes the trades, for as long as its lease is the newest. */
export type LeasedInstrument = {
  readonly instrumentId: number;
  readonly token: number;
  /** As it is in the database; null before anything is. */
  savedCursor: FeedCursor | null;
  /** Of the trade that the saved cursor ends with, where it is known. */
  savedPrice: number | null;
  /** Another process writes it now: what is still queued is dropped. */
  isLost: boolean;
};

/**
 * One thing to be written. Operations of an instrument are written in their order, any number of them
 * in one transaction, so that after each the ledger is true: every id up to the cursor's last is stored or
 * in a gap.
 */
export type FeedOperation =
  | {
      readonly kind: "started";
      readonly instrument: LeasedInstrument;
      readonly cursor: FeedCursor;
    }
  | {
      readonly kind: "trade";
      readonly instrument: LeasedInstrument;
      readonly trade: VenueTrade;
      readonly backfilled: boolean;
      /** It is the newest: the cursor moves on to it. */
      readonly isNext: boolean;
      /** When the venue sent it, by our clock; null for one that was fetched. */
      readonly sentAtMs: number | null;
    }
  | {
      readonly kind: "gap-opened";
      readonly instrument: LeasedInstrument;
      readonly gap: NewGap;
      /** The trade after the gap has not come: the cursor moves on to the gap's last id. */
      readonly isTail: boolean;
    }
  | {
      readonly kind: "gap-changed";
      readonly instrument: LeasedInstrument;
      readonly change: GapChange;
    }
  | {
      readonly kind: "gap-split";
      readonly instrument: LeasedInstrument;
      readonly split: GapSplit;
    }
  | {
      /** The newest id was missing and has been fetched. */
      readonly kind: "tail-known";
      readonly instrument: LeasedInstrument;
      readonly trade: VenueTrade;
    }
  | {
      /** The venue says otherwise of a trade than what was stored. */
      readonly kind: "corrected";
      readonly instrument: LeasedInstrument;
      readonly trade: VenueTrade;
    }
  | {
      readonly kind: "bars";
      readonly instrument: LeasedInstrument;
      readonly seconds: ClosedSeconds;
      readonly ledger: Ledger;
    };
